import { ExampleImportDocument, ExampleImportStateDocument, ExampleKeyDocument } from '~/gql/graphql';
import { type ExampleGroup, type Filler, made } from './example';

const file = (fresh: string) => `id,full name\nplayground-${fresh},Playground\n,Nobody\n`;
const mapping = [
  { field: 'customer', column: 'id' },
  { field: 'name', column: 'full name' },
];

const importInput = async ({ upload, fresh }: Filler) => ({
  uploadId: await upload(`customers-${fresh}.csv`, file(fresh)),
  kind: 'CUSTOMERS' as const,
  mapping,
});

/** Waits up to 20 s for an import to be over: one that is not cannot be deleted. */
async function importEnd({ ask }: Filler, id: string) {
  for (let tries = 0; tries < 100; tries++) {
    if ((await ask(ExampleImportStateDocument, { id })).import?.endedAt) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The import that it started is not over yet: open it again later.');
}

export const runningExamples: ExampleGroup[] = [
  {
    noun: 'Events',
    examples: [
      {
        title: 'The latest events',
        about: 'Of some types, with who did it and where it came from.',
        role: 'ADMIN',
        query: `query Events($filter: EventFilter) {
  events(first: 10, filter: $filter) {
    edges { node { id type occurredAt source customer { name } product { name } } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
        variables: () => ({ filter: { types: ['PRODUCT_VIEW', 'PURCHASE'] } }),
      },
      {
        title: 'One event’s way',
        about: 'From the moment it was recorded to the model that learnt from it.',
        role: 'ADMIN',
        query: `query Event($id: UUID!) {
  event(id: $id) {
    event { type occurredAt sku }
    steps { kind state at tookMs text }
    excluded
  }
}
`,
        variables: ({ admin }) => ({ id: made(admin?.events.edges[0], 'an event').node.id }),
      },
      {
        title: 'Tell what happened elsewhere',
        about: 'A look and a purchase of a customer; “For a customer of yours” knows at once.',
        role: 'SHOP',
        query: `mutation EventsRecord($input: EventsRecordInput!) {
  eventsRecord(input: $input) {
    accepted
    duplicates
    rejected { index code message }
    userErrors { code message }
  }
}
`,
        variables: ({ sku, externalId }) => ({
          input: {
            events: [
              { type: 'PRODUCT_VIEW', customer: externalId, sku: sku(0) },
              { type: 'PURCHASE', customer: externalId, sku: sku(1), quantity: 1 },
            ],
          },
        }),
      },
      {
        title: 'Events as they come',
        about: 'Leave it running, shop in another tab, and watch.',
        role: 'ADMIN',
        query: `subscription EventsRecorded {
  eventsRecorded {
    events { type recordedAt sku customer { name } }
    dropped
    gap
  }
}
`,
      },
    ],
  },
  {
    noun: 'Imports',
    examples: [
      {
        title: 'Look into an upload',
        about:
          'Opening it uploads a file of two lines to POST /uploads; running it shows its columns and a guessed mapping.',
        role: 'ADMIN',
        query: `query ImportPreview($input: ImportPreviewInput!) {
  importPreview(input: $input) {
    fileName
    kind
    columns { name type }
    rows
    mapping { field column expression }
    fields { name needed about }
  }
}
`,
        variables: async (filler) => ({ input: { uploadId: (await importInput(filler)).uploadId } }),
      },
      {
        title: 'Start an import',
        about: 'Opening it uploads a file; running it imports one new customer and rejects the line that lacks an id.',
        role: 'ADMIN',
        query: `mutation ImportStart($input: ImportStartInput!) {
  importStart(input: $input) {
    import { id state fileName }
    userErrors { code field message }
  }
}
`,
        variables: async (filler) => ({ input: await importInput(filler) }),
      },
      {
        title: 'The latest imports',
        about: 'How far they are, and what was rejected and why.',
        role: 'ADMIN',
        query: `query Imports {
  imports(first: 3) {
    edges { node { id kind state phase rows accepted rejected reasons { reason rows } rejects(first: 2) { line reason row } rejectsUrl error } }
  }
}
`,
      },
      {
        title: 'Forget an import',
        about: 'Opening it starts an import; running it removes that one with its rejected rows, not what it imported.',
        role: 'ADMIN',
        query: `mutation ImportDelete($input: ImportDeleteInput!) {
  importDelete(input: $input) {
    deletedId
    userErrors { code message }
  }
}
`,
        variables: async (filler) => {
          const { importStart } = await filler.ask(ExampleImportDocument, { input: await importInput(filler) });
          const { id } = made(importStart.import, 'an import');
          await importEnd(filler, id);
          return { input: { importId: id } };
        },
      },
    ],
  },
  {
    noun: 'Keys',
    examples: [
      {
        title: 'Keys',
        about: 'Who may speak for the shop; no answer ever holds a secret again.',
        role: 'ADMIN',
        query: `query Keys {
  keys { id name role createdAt revokedAt }
}
`,
      },
      {
        title: 'A new key',
        about: 'The secret is told this once; revoke it as the next example does.',
        role: 'ADMIN',
        query: `mutation KeyCreate($input: KeyCreateInput!) {
  keyCreate(input: $input) {
    key { id name role }
    secret
    userErrors { code field message }
  }
}
`,
        variables: ({ fresh }) => ({ input: { name: `playground ${fresh}`, role: 'SHOP' } }),
      },
      {
        title: 'Revoke a key',
        about: 'Opening it makes a key that nobody holds; running it revokes that one.',
        role: 'ADMIN',
        query: `mutation KeyRevoke($input: KeyRevokeInput!) {
  keyRevoke(input: $input) {
    key { name revokedAt }
    userErrors { code message }
  }
}
`,
        variables: async ({ ask, fresh }) => {
          const { keyCreate } = await ask(ExampleKeyDocument, { input: { name: `playground ${fresh}`, role: 'SHOP' } });
          return { input: { keyId: made(keyCreate.key, 'a key').id } };
        },
      },
    ],
  },
  {
    noun: 'The shop and its machinery',
    examples: [
      {
        title: 'A week in figures',
        about: 'Sales, and what recommendations did, beside the week before.',
        role: 'ADMIN',
        query: `query Kpis {
  kpis(period: WEEK, slices: 7) {
    orders
    revenue { amount currency }
    recommendedRevenue { amount currency }
    clickThroughRate
    conversion
    slices { from orders }
    before { orders revenue { amount currency } }
  }
}
`,
      },
      {
        title: 'Problems, in words',
        about: 'What wants attention, why, and the next step.',
        role: 'ADMIN',
        query: `query Problems {
  problems { code severity sentence reason nextLabel nextPath }
}
`,
      },
      {
        title: 'The transporter',
        about: 'How far each pipe is behind, and how long a change takes to show.',
        role: 'ADMIN',
        query: `query Transporter {
  transporter {
    pending
    lagMs
    visible { count p50Ms p99Ms }
    pipes { key kind state entries lagMs rate failure }
  }
}
`,
      },
      {
        title: 'All settings',
        about: 'All of them, with what they are for and how each is changed.',
        role: 'ADMIN',
        query: `query Settings {
  settings {
    shopName
    trainingSchedule
    nextTrainingAt
    groups { name settings { key value explanation change } }
  }
}
`,
      },
      {
        title: 'Change settings',
        about: 'The variables hold what is set now, so that it changes nothing until you change them.',
        role: 'ADMIN',
        query: `mutation SettingsUpdate($input: SettingsUpdateInput!) {
  settingsUpdate(input: $input) {
    settings { shopName modelMaxAgeDays updatedAt }
    userErrors { code field message }
  }
}
`,
        variables: ({ admin }) => ({
          input: { shopName: admin?.settings.shopName, modelMaxAgeDays: admin?.settings.modelMaxAgeDays },
        }),
      },
    ],
  },
];
