/** What to call a model: as people do, else by the first digits of its name. */
export const modelName = ({ name, title }: { name: string; title?: string | null }) => title || name.slice(0, 8);
