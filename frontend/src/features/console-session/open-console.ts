/** Exchanges a key for the console's cookie. It answers what went wrong, in words, or nothing. */
export async function openConsole(key: string): Promise<string | undefined> {
  return ask({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ key }) });
}

/** Ends the console's session in this browser. It answers what went wrong, in words, or nothing. */
export async function closeConsole(): Promise<string | undefined> {
  return ask({ method: 'DELETE' });
}

async function ask(request: RequestInit): Promise<string | undefined> {
  try {
    const answer = await fetch('/admin/session', { ...request, credentials: 'same-origin' });
    if (answer.ok) return undefined;
    if (answer.status === 401) return 'This key is not valid. Check that all of it was copied.';
    const body: { errors?: { message?: string }[] } = await answer.json();
    return body.errors?.[0]?.message ?? 'The server refused, and did not say why.';
  } catch {
    return 'The server cannot be reached. Check the connection, then try again.';
  }
}
