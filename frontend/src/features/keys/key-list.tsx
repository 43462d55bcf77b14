import { Button, Modal, Table } from '@mantine/core';
import { useState } from 'react';
import { readFragment } from '~/gql';
import { KeyRevokeDocument, type KeyRowFragment, KeyRowFragmentDoc, KeysDocument } from '~/gql/graphql';
import { useCommand, useGraphql } from '~/shared/api/hooks';
import { exactTime, relativeTime } from '~/shared/lib/time';
import { Notice } from '~/shared/ui/notice';
import { Panel } from '~/shared/ui/panel';
import { Skeleton } from '~/shared/ui/skeleton';
import { StateDot } from '~/shared/ui/state-dot';
import { useToast } from '~/shared/ui/toast';
import styles from './keys.module.css';

/** The keys there are; good ones can be revoked. */
export function KeyList() {
  const { data, error, isPending } = useGraphql(KeysDocument, {});
  const [asked, setAsked] = useState<KeyRowFragment>();
  if (isPending) return <Skeleton height="10rem" radius="var(--radius-card)" />;
  if (error) {
    return (
      <Notice tone="failed" title="The keys cannot be listed now.">
        {error.message}
      </Notice>
    );
  }
  const keys = data.keys.map((key) => readFragment(KeyRowFragmentDoc, key));
  return (
    <Panel title={keys.length === 1 ? 'One key' : `${keys.length} keys`}>
      <Table.ScrollContainer minWidth={520}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What for</Table.Th>
              <Table.Th>Role</Table.Th>
              <Table.Th>Made</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th>
                <span className="visually-hidden">What can be done</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {keys.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td>{key.name}</Table.Td>
                <Table.Td>{key.role}</Table.Td>
                <Table.Td title={exactTime(key.createdAt)}>{relativeTime(key.createdAt, new Date())}</Table.Td>
                <Table.Td>
                  {key.revokedAt ? (
                    <StateDot tone="quiet">{`Revoked ${relativeTime(key.revokedAt, new Date())}`}</StateDot>
                  ) : (
                    <StateDot tone="good">Good</StateDot>
                  )}
                </Table.Td>
                <Table.Td className={styles.action}>
                  {!key.revokedAt && (
                    <Button
                      size="xs"
                      variant="default"
                      onClick={() => setAsked(key)}
                      aria-label={`Revoke the key ${key.name}`}
                    >
                      Revoke
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {asked && <RevokeDialog asked={asked} onClose={() => setAsked(undefined)} />}
    </Panel>
  );
}

function RevokeDialog({ asked, onClose }: { asked: KeyRowFragment; onClose(): void }) {
  const revoke = useCommand(KeyRevokeDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const run = async () => {
    setBusy(true);
    const { data, error } = await revoke({ input: { keyId: asked.id } });
    setBusy(false);
    const failure = error?.message ?? data?.keyRevoke.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    say(`The key ${asked.name} is revoked.`);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Revoke the key ${asked.name}?`}>
      <div className={styles.form}>
        <p>Whoever uses it is refused from now on. This cannot be taken back; make a new key instead.</p>
        {wrong && (
          <Notice tone="failed" title="It was not revoked.">
            {wrong}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" variant="outline" loading={isBusy} onClick={run} className={styles.danger}>
            Revoke {asked.name}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
