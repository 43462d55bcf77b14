import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import {
  ImportCancelDocument,
  ImportDeleteDocument,
  type ImportDetailsFragment,
  ImportPreviewDocument,
  ImportProgressDocument,
  ImportStartDocument,
  type ImportStartInput,
} from '~/gql/graphql';
import { answer, push, refuse, server } from '~/testing/api';
import { show } from '~/testing/render';
import type { Unmasked } from '~/testing/unmasked';
import { FileDrop } from './file-drop';
import { ImportHistory } from './import-history';
import { ImportProgress } from './import-progress';
import { attributeName, type Preview } from './mapping';
import { UploadMapping } from './upload-mapping';

function sample(change: Partial<Unmasked<ImportDetailsFragment>> = {}): Unmasked<ImportDetailsFragment> {
  return {
    id: 'Import/1',
    kind: 'PRODUCTS',
    state: 'RUNNING',
    fileName: 'list.csv',
    phase: 'READ',
    rowsDone: 0,
    rowsToDo: null,
    rows: 0,
    accepted: 0,
    duplicates: 0,
    rejected: 0,
    reasons: [],
    rejects: [],
    rejectsUrl: null,
    queuedAt: '2026-11-22T02:00:00.000Z',
    startedAt: '2026-11-22T02:00:01.000Z',
    endedAt: null,
    attempts: 1,
    cancelAsked: false,
    error: null,
    ...change,
  };
}

const done = sample({
  state: 'DONE',
  phase: null,
  rows: 5000,
  accepted: 4980,
  duplicates: 8,
  rejected: 12,
  reasons: [{ reason: 'missing sku', rows: 12 }],
  rejects: [{ line: 7, reason: 'missing sku', row: '{"no":""}' }],
  rejectsUrl: '/imports/1/rejects.csv',
  endedAt: '2026-11-22T02:00:03.000Z',
});

const preview: Preview = {
  uploadId: 'u1',
  fileName: 'list.csv',
  kind: 'PRODUCTS',
  columns: [
    { name: 'Item Number', type: 'TEXT' },
    { name: 'Title', type: 'TEXT' },
    { name: 'Price', type: 'DECIMAL' },
    { name: 'Size (ml)', type: 'INTEGER' },
  ],
  rows: [['A1', 'Kettle', '12.50', '750']],
  fields: [
    { name: 'sku', needed: true, about: 'the product’s own id' },
    { name: 'name', needed: false, about: 'what it is called' },
    { name: 'price', needed: false, about: 'a decimal number' },
    { name: 'currency', needed: false, about: 'three letters' },
  ],
  mapping: [
    { field: 'sku', column: 'Item Number', expression: '"Item Number"' },
    { field: 'price', column: null, expression: "replace(\"Price\", ',', '.')" },
  ],
  currencyNeeded: true,
};

function showMapping() {
  answer(ImportPreviewDocument, { importPreview: preview });
  const started: string[] = [];
  show(<UploadMapping uploadId="u1" onKind={() => {}} onStarted={(id) => started.push(id)} onLeave={() => {}} />);
  return started;
}

test('a file is chosen and sent', async () => {
  const names: (string | null)[] = [];
  server.use(
    http.post('*/uploads', ({ request }) => {
      names.push(new URL(request.url).searchParams.get('name'));
      return HttpResponse.json({ id: 'u1', name: 'my list.csv', size: 5 }, { status: 201 });
    }),
  );
  const sent: string[] = [];
  show(<FileDrop onSent={(id) => sent.push(id)} />);
  await userEvent.upload(await screen.findByLabelText('The file to import'), new File(['no\nA\n'], 'my list.csv'));
  await waitFor(() => expect(sent).toEqual(['u1']));
  expect(names).toEqual(['my list.csv']);
});

test('why a file was not taken is said in the server’s words', async () => {
  server.use(
    http.post('*/uploads', () =>
      HttpResponse.json({ errors: [{ message: 'The file is larger than 1 MB.' }] }, { status: 413 }),
    ),
  );
  show(<FileDrop onSent={() => {}} />);
  await userEvent.upload(await screen.findByLabelText('The file to import'), new File(['x'], 'list.csv'));
  expect(await screen.findByRole('alert')).toHaveTextContent('The file is larger than 1 MB.');
  expect(screen.getByRole('button', { name: 'Choose a file' })).toBeVisible();
});

test('sending is stopped, and the next file can be chosen', async () => {
  let arrived = 0;
  server.use(
    http.post('*/uploads', async () => {
      arrived++;
      await new Promise(() => {});
      return HttpResponse.json({});
    }),
  );
  show(<FileDrop onSent={() => {}} />);
  await userEvent.upload(await screen.findByLabelText('The file to import'), new File(['x'], 'list.csv'));
  await waitFor(() => expect(arrived).toBe(1));
  await userEvent.click(screen.getByRole('button', { name: 'Stop sending' }));
  expect(await screen.findByRole('button', { name: 'Choose a file' })).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('the guessed mapping is shown, changed, and sent', async () => {
  const inputs: ImportStartInput[] = [];
  answer(ImportStartDocument, ({ input }) => {
    inputs.push(input as ImportStartInput);
    return { importStart: { import: sample({ state: 'QUEUED', phase: null }), userErrors: [] } };
  });
  const started = showMapping();
  const user = userEvent.setup();
  expect(await screen.findByLabelText(/^sku/)).toHaveDisplayValue('Item Number');
  expect(screen.getByText('such as A1')).toBeVisible();
  expect(screen.getByLabelText(/^price/)).toHaveDisplayValue('An expression …');
  expect(screen.getByRole('columnheader', { name: /Price/ })).toHaveTextContent('number');
  await user.selectOptions(screen.getByLabelText(/^name/), 'Title');
  await user.click(screen.getByRole('checkbox', { name: 'Size (ml)' }));
  await user.type(screen.getByLabelText(/^Currency of the prices/), 'eur');
  await user.click(screen.getByRole('button', { name: 'Import list.csv' }));
  await waitFor(() => expect(started).toEqual(['Import/1']));
  expect(inputs).toEqual([
    {
      uploadId: 'u1',
      kind: 'PRODUCTS',
      currency: 'EUR',
      mapping: [
        { field: 'sku', column: 'Item Number' },
        { field: 'name', column: 'Title' },
        { field: 'price', expression: "replace(\"Price\", ',', '.')" },
        { field: 'attributes.size_ml', column: 'Size (ml)' },
      ],
    },
  ]);
});

test('what is wrong with an expression stands at it', async () => {
  answer(ImportStartDocument, {
    importStart: {
      import: null,
      userErrors: [{ field: 'mapping.1', code: 'BAD_USER_INPUT', message: 'The function getenv cannot be used here.' }],
    },
  });
  showMapping();
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText(/^Currency of the prices/), 'EUR');
  await user.click(screen.getByRole('button', { name: 'Import list.csv' }));
  await waitFor(() => expect(screen.getByLabelText(/^Expression for price/)).toBeInvalid());
  expect(screen.getByText('The function getenv cannot be used here.')).toBeVisible();
});

test('a file that is gone says so, and offers the way on', async () => {
  refuse(ImportPreviewDocument, 'NOT_FOUND', 'There is no upload, or no longer: send the file again.');
  let left = 0;
  show(<UploadMapping uploadId="u9" onKind={() => {}} onStarted={() => {}} onLeave={() => left++} />);
  expect(await screen.findByRole('alert')).toHaveTextContent('send the file again');
  await userEvent.click(screen.getByRole('button', { name: 'Choose another file' }));
  expect(left).toBe(1);
});

test('an import is followed to its end', async () => {
  let ended = 0;
  show(<ImportProgress importId="Import/1" onEnded={() => ended++} onAnother={() => {}} />);
  expect(await screen.findByText('Waiting for word from the import…')).toBeVisible();
  await push(ImportProgressDocument, { importProgress: sample({ rowsDone: 12_000 }) });
  expect(await screen.findByText('Reading: 12,000 rows so far.')).toBeVisible();
  expect(screen.getByText('Read')).toHaveAttribute('aria-current', 'step');
  await push(ImportProgressDocument, { importProgress: sample({ phase: 'WRITE', rowsDone: 10, rowsToDo: 40 }) });
  expect(await screen.findByText('Writing: 10 of 40 done.')).toBeVisible();
  await push(ImportProgressDocument, { importProgress: done });
  expect(await screen.findByText('12 of 5,000 rows were rejected.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Download them with the reasons' })).toHaveAttribute(
    'href',
    '/imports/1/rejects.csv',
  );
  expect(screen.getByRole('link', { name: 'See the products' })).toBeVisible();
  expect(ended).toBe(1);
});

test.each([
  [sample({ state: 'FAILED', error: 'The disk is full: make room.' }), 'The disk is full: make room.'],
  [sample({ state: 'CANCELLED', kind: 'EVENTS' }), 'Nothing of the file is in the shop.'],
  [sample({ state: 'CANCELLED' }), 'What was saved before stays.'],
])('an import without an end says what there is', async (import_, words) => {
  show(<ImportProgress importId="Import/1" onEnded={() => {}} onAnother={() => {}} />);
  await push(ImportProgressDocument, { importProgress: import_ });
  expect(await screen.findByText(new RegExp(words))).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Stop the import' })).toBeNull();
});

test('an import is stopped', async () => {
  const stopped: string[] = [];
  answer(ImportCancelDocument, ({ input }) => {
    stopped.push(input.importId);
    return {
      importCancel: { import: { id: 'Import/1', state: 'RUNNING' as const, cancelAsked: true }, userErrors: [] },
    };
  });
  show(<ImportProgress importId="Import/1" onEnded={() => {}} onAnother={() => {}} />);
  await push(ImportProgressDocument, { importProgress: sample() });
  await userEvent.click(await screen.findByRole('button', { name: 'Stop the import' }));
  await waitFor(() => expect(stopped).toEqual(['Import/1']));
});

test('an import is forgotten after asking once', async () => {
  const gone: string[] = [];
  answer(ImportDeleteDocument, ({ input }) => {
    gone.push(input.importId);
    return { importDelete: { deletedId: 'Import/1', userErrors: [] } };
  });
  let changed = 0;
  show(<ImportHistory imports={[done as never]} onOpen={() => {}} onChanged={() => changed++} />);
  const user = userEvent.setup();
  expect(await screen.findByRole('link', { name: 'Download the 12 rejected rows of list.csv' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Forget the import of list.csv' }));
  expect(gone).toEqual([]);
  await user.click(screen.getByRole('button', { name: /for good/ }));
  await waitFor(() => expect(changed).toBe(1));
  expect(gone).toEqual(['Import/1']);
});

test('without imports the history says what will stand there', async () => {
  show(<ImportHistory imports={[]} onOpen={() => {}} onChanged={() => {}} />);
  expect(await screen.findByText('Nothing was imported yet.')).toBeVisible();
});

test('columns become names of attributes', () => {
  expect(attributeName('Bottle Volume (ml)')).toBe('bottle_volume_ml');
  expect(attributeName(' Größe ')).toBe('größe');
  expect(attributeName('%')).toBe('value');
});
