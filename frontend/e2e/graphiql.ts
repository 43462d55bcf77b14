import type { Page, Request } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Runs what stands in the playground's editor, and returns what is answered. A click that asks nothing, as the editor
 * is not ready yet, is repeated, as a person would; one that asked is not.
 */
export async function runOnce(page: Page, name = ''): Promise<unknown> {
  let asked: Request | null = null;
  const execute = async () => {
    const request = page.waitForRequest((one) => isAsked(one, name), { timeout: 3000 }).catch(() => null);
    await page.getByRole('button', { name: /Execute/ }).click({ timeout: 3000 });
    asked = await request;
    return asked !== null;
  };
  await expect.poll(execute, { timeout: 30_000 }).toBe(true);
  const response = await (asked as Request | null)?.response();
  return response?.json();
}

/** Whether somebody asks the API an operation of that name, and not GraphiQL for the schema. */
function isAsked(request: Request, name: string): boolean {
  const body = request.postData() ?? '';
  return request.url().endsWith('/graphql') && body.includes(name) && !body.includes('IntrospectionQuery');
}
