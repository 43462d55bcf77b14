import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Notice } from '~/shared/ui/notice';
import styles from './catalogue.module.css';
import { countBelow, type Group, type Kind, type Wrong } from './group';

/** Says what deleting means and asks once; while products or categories name the group, shows the way to them. */
export function GroupDelete({
  kind,
  group,
  remove,
  onClose,
}: {
  kind: Kind;
  group: Group;
  remove(): Promise<Wrong | undefined>;
  onClose(): void;
}) {
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong>();
  const run = async () => {
    setBusy(true);
    setWrong(await remove());
    setBusy(false);
  };
  const products = group.every.totalCount;
  const below = countBelow(group);
  const isNamed = products > 0 || below > 0;
  return (
    <Modal opened onClose={onClose} title={`Delete ${group.name}?`}>
      <div className={styles.form}>
        {!isNamed && (
          <p>
            No product names it: nothing in the shop changes but its own page, which is gone at once. What was bought
            and viewed stays known.
          </p>
        )}
        {below > 0 && (
          <p>{`${below === 1 ? 'One category lies' : `${below} categories lie`} right below it. Move or delete them first.`}</p>
        )}
        {products > 0 && (
          <p>
            {products === 1 ? 'One product names it' : `${products.toLocaleString('en')} products name it`}, drafts and
            archived ones included. Products are never deleted with their {kind}: give them another {kind} or delete
            them first.{' '}
            <Link to="/products" search={{ [kind]: group.slug } as never}>
              Show them
            </Link>
          </p>
        )}
        {wrong && (
          <Notice tone="failed" title="It was not deleted.">
            {wrong.message}
          </Notice>
        )}
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          {!isNamed && (
            <Button variant="outline" loading={isBusy} onClick={run} className={styles.danger}>
              Delete {group.name}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}
