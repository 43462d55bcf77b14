import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type Client, type Connection, connect } from './client';

interface Session {
  /** Starts over for another visitor: a fresh cache, and a socket that carries the new cookie. */
  renew(): void;
  /** To be told after each act of the visitor: the first may have brought the cookie, which the socket lacks. */
  acted(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);
const ClientContext = createContext<Client | undefined>(undefined);

/** Gives the pages below it the API. `open` is for tests. */
export function ApiProvider({ children, open = connect }: { children: ReactNode; open?: () => Connection }) {
  const [connection, setConnection] = useState(open);
  const renew = useCallback(() => setConnection(open()), [open]);
  useEffect(() => () => connection.close(), [connection]);
  const session = useMemo(() => {
    let hasActed = false;
    const acted = () => {
      if (!hasActed) connection.reconnect();
      hasActed = true;
    };
    return { renew, acted };
  }, [renew, connection]);
  return (
    <SessionContext value={session}>
      <ClientContext value={connection.client}>{children}</ClientContext>
    </SessionContext>
  );
}

/** The visitor's connection, for those who sign in or out. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs an ApiProvider above it');
  return session;
}

/** What asks the API: for the hooks of hooks.ts. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useClient needs an ApiProvider above it');
  return client;
}
