import type { ImportMappingInput, ImportPreviewQuery } from '~/gql/graphql';

export type Preview = ImportPreviewQuery['importPreview'];

/** What a field is read from; nothing, if neither is there. */
export interface Choice {
  column?: string;
  expression?: string;
}

/** The choices that the preview suggests, by field. */
export function suggested(preview: Preview): Record<string, Choice> {
  const choices: Record<string, Choice> = {};
  for (const { field, column, expression } of preview.mapping) choices[field] = column ? { column } : { expression };
  return choices;
}

/** The choices as the server wants them: fields in the file's order of fields, then columns kept as attributes. */
export function toInput(preview: Preview, choices: Record<string, Choice>, kept: readonly string[]) {
  const input: ImportMappingInput[] = [];
  for (const { name } of preview.fields) {
    const choice = choices[name];
    if (choice?.column !== undefined || choice?.expression !== undefined) input.push({ field: name, ...choice });
  }
  for (const column of kept) input.push({ field: `attributes.${attributeName(column)}`, column });
  return input;
}

/** The name that a column has as an attribute: "Bottle Volume (ml)" is bottle_volume_ml. */
export function attributeName(column: string): string {
  const plain = column
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '_')
    .replaceAll(/^_+|_+$/g, '');
  return plain || 'value';
}

/** The columns that no field is read from. */
export function unused(preview: Preview, choices: Record<string, Choice>): string[] {
  const used = new Set(Object.values(choices).map(({ column }) => column));
  const said = Object.values(choices)
    .map(({ expression }) => expression ?? '')
    .join(' ');
  return preview.columns
    .map(({ name }) => name)
    .filter((name) => !used.has(name) && !said.includes(`"${name.replaceAll('"', '""')}"`));
}

/** A value of the column, to recognise it by. */
export function sampleOf(preview: Preview, column: string): string | undefined {
  const place = preview.columns.findIndex(({ name }) => name === column);
  return preview.rows.map((row) => row[place]).find((value) => value);
}
