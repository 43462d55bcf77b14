import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import type { Opened } from './open-example';

/** Puts what was opened into GraphiQL's editors, which only what stands within GraphiQL can reach. */
export function EditorHands({ opened, onWritten }: { opened: Opened | null; onWritten(): void }) {
  const query = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  const response = useGraphiQL((state) => state.responseEditor);
  const { stop } = useGraphiQLActions();
  const written = useRef<Opened | null>(null);
  useEffect(() => {
    if (!opened || opened === written.current || !query || !variables) return;
    written.current = opened;
    stop(); // a subscription that the example before may have left running
    query.setValue(opened.query);
    variables.setValue(opened.variables);
    response?.setValue('');
    onWritten();
  }, [opened, query, variables, response, stop, onWritten]);
  return null;
}
