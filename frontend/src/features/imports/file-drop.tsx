import { Button } from '@mantine/core';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import styles from './imports.module.css';
import { sendFile } from './send-file';
import { size } from './words';

/** Takes a file, chosen or dropped, and sends it to the server. */
export function FileDrop({ onSent }: { onSent(uploadId: string): void }) {
  const input = useRef<HTMLInputElement>(null);
  const sending = useRef<AbortController>(undefined);
  const [file, setFile] = useState<File>();
  const [share, setShare] = useState(0);
  const [wrong, setWrong] = useState<string>();
  const [isOver, setOver] = useState(false);
  useEffect(() => () => sending.current?.abort(), []);

  const take = async (chosen: File | undefined) => {
    if (!chosen || file) return;
    sending.current = new AbortController();
    setFile(chosen);
    setShare(0);
    setWrong(undefined);
    const sent = await sendFile(chosen, setShare, sending.current.signal);
    setFile(undefined);
    if (sent === 'stopped') return;
    if (sent.id) onSent(sent.id);
    else setWrong(sent.error);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };

  return (
    <Panel title="Import a file">
      {file ? (
        <div className={styles.sending}>
          <p id="sending-name">
            Sending {file.name}, {size(file.size)}
          </p>
          <progress className={styles.bar} value={share} max={1} aria-labelledby="sending-name" />
          <p className={styles.quiet}>{Math.floor(share * 100)} %</p>
          <Button variant="default" size="xs" onClick={() => sending.current?.abort()}>
            Stop sending
          </Button>
        </div>
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is for all
        <div
          className={styles.drop}
          data-over={isOver || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          <p>Products, customers or what happened: as CSV with a header line, as JSON lines or Parquet, also as .gz.</p>
          <Button onClick={() => input.current?.click()}>Choose a file</Button>
          <p className={styles.quiet}>or drop it here. You see what is in it before anything is imported.</p>
          <input
            ref={input}
            type="file"
            className="visually-hidden"
            tabIndex={-1}
            aria-label="The file to import"
            accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet,.gz"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </div>
      )}
      {wrong && (
        <Notice tone="failed" title="The file was not taken.">
          {wrong}
        </Notice>
      )}
    </Panel>
  );
}
