/** An address as one line. */
export function addressLine(to: { name: string; street: string; postcode: string; city: string; country: string }) {
  return [to.name, to.street, `${to.postcode} ${to.city}`.trim(), to.country].join(', ');
}
