import { Link } from '@tanstack/react-router';
import { usePageTitle } from '~/shared/lib/page-title';
import { Notice } from '~/shared/ui/notice';

/** An address that leads nowhere. */
export function NotFoundPage() {
  usePageTitle('Not found · Also');
  return (
    <>
      <h1 className="visually-hidden">Not found</h1>
      <Notice title="There is no such page." action={<Link to="/">Go to the front of the shop</Link>}>
        The address may be mistyped, or what it led to is no longer on offer.
      </Notice>
    </>
  );
}
