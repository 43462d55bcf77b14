/** A file that the server has, or why it has not. */
export type Sent = { id: string; error?: undefined } | { id?: undefined; error: string };

/** Sends a file to be imported, telling the share that is through; aborting is an answer of its own. */
export function sendFile(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<Sent | 'stopped'> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest(); // fetch tells nothing of what is through
    request.open('POST', `/uploads?name=${encodeURIComponent(file.name)}`);
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => resolve(read(request));
    request.onerror = () =>
      resolve({ error: 'The server cannot be reached, and nothing was kept. Check the connection, then try again.' });
    signal.addEventListener('abort', () => {
      request.abort();
      resolve('stopped');
    });
    request.send(file);
  });
}

function read(request: XMLHttpRequest): Sent {
  try {
    const body: { id?: string; errors?: { message?: string }[] } = JSON.parse(request.responseText);
    if (request.status === 201 && body.id) return { id: body.id };
    return { error: body.errors?.[0]?.message ?? 'The server refused, and did not say why.' };
  } catch {
    return { error: 'The server sent no answer that can be read. Try again.' };
  }
}
