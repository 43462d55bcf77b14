import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { ModelDeleteDocument } from '~/gql/graphql';
import { useCommand } from '~/shared/api/hooks';
import { Notice } from '~/shared/ui/notice';
import { useToast } from '~/shared/ui/toast';
import { modelName } from './model-name';
import styles from './models.module.css';

/** Asks once before a model is deleted for good. */
export function DeleteDialog({
  model,
  onClose,
}: {
  model: { id: string; name: string; title?: string | null };
  onClose(isDone: boolean): void;
}) {
  const remove = useCommand(ModelDeleteDocument);
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const name = modelName(model);
  const run = async () => {
    setBusy(true);
    const { data, error } = await remove({ input: { modelId: model.id } });
    setBusy(false);
    const failure = error?.message ?? data?.modelDelete.userErrors[0]?.message;
    if (failure) return setWrong(failure);
    say(`Model ${name} is deleted.`);
    onClose(true);
  };
  return (
    <Modal opened onClose={() => onClose(false)} title={`Delete model ${name}?`}>
      <div className={styles.dialog}>
        <p>It cannot be brought back; training with the same parameters on the same data would make the same again.</p>
        {wrong && (
          <Notice tone="failed" title="It was not deleted.">
            {wrong}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={() => onClose(false)} data-autofocus>
            Keep it
          </Button>
          <Button variant="default" className={styles.danger} loading={isBusy} onClick={run}>
            Delete model {name}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
