import { expect, signIn, test } from './support/host.ts'

test('an empty folder opens on the first run, with the token out of sight', async ({ page, emptyHost }) => {
  await page.goto(emptyHost.url)
  await expect(page).toHaveURL(/\/setup$/)
  await expect(page.locator('input').first()).toBeVisible()
})

test('without the token nobody becomes administrator', async ({ page, emptyHost }) => {
  await page.goto(new URL('/', emptyHost.url).href)
  await expect(page.locator('#root')).not.toBeEmpty()
  await expect(page.locator('input[type="password"]')).toHaveCount(0)
})

test('the page comes under a policy without holes, with a nonce of its own', async ({ request, host }) => {
  const nonces = new Set<string>()
  for (const path of ['/', '/login', '/customers/01ARZ3NDEKTSV4RRFFQ69G5FAV']) {
    const answer = await request.get(new URL(path, host.url).href)
    expect(answer.status()).toBe(200)
    const policy = answer.headers()['content-security-policy'] ?? ''
    expect(policy).not.toMatch(/unsafe|\*|http:/)
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(await answer.text()).toContain(nonce)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(3)
  expect((await request.get(new URL('/assets/none.js', host.url).href)).status()).toBe(404)
})

test('signing in shows the list, and a reload of a record finds its page', async ({ page, seededHost }) => {
  await signIn(page, seededHost)
  await expect(page).toHaveURL(/\/customers/)
  await expect(page.getByRole('row').nth(5)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('row').nth(5)).toBeVisible()
})
