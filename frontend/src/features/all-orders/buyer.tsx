import { Link } from '@tanstack/react-router';

/** Who bought, with the way to their page; a visitor without an account has none. */
export function Buyer({
  customer,
}: {
  customer: { id: string; name: string; email?: string | null; externalId?: string | null } | null | undefined;
}) {
  if (!customer) return <>A visitor</>;
  return (
    <Link to="/customers/$id" params={{ id: customer.id }}>
      {customer.name || customer.email || customer.externalId || 'Without a name'}
    </Link>
  );
}
