import { expect, test } from './support/test.ts'

test('the page comes under a policy without holes, with a nonce of its own', async ({ request }) => {
  const nonces = new Set<string>()
  for (const path of ['/', '/login', '/customers/01ARZ3NDEKTSV4RRFFQ69G5FAV']) {
    const answer = await request.get(path)
    expect(answer.status()).toBe(200)
    const policy = answer.headers()['content-security-policy'] ?? ''
    expect(policy).not.toMatch(/unsafe|\*|http:/)
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    const html = await answer.text()
    expect(html).toContain(nonce)
    nonces.add(nonce)
    const script = await request.get(/<script[^>]+src="([^"]+)"/.exec(html)?.[1] ?? '')
    expect(script.headers()['content-security-policy'], 'a worker has the policy of its script').toContain("script-src 'self';")
  }
  expect(nonces.size).toBe(3)
  expect((await request.get('/assets/none.js')).status()).toBe(404)
})

test('a page that is not there has words and a way back', async ({ signedIn: { page }, watch }) => {
  watch.expect(/404.*customers\/get/, 'the record asked for does not exist')
  await page.goto('/nowhere')
  await expect(page.getByText('没有这个页面')).toBeVisible()
  await page
    .getByRole('button', { name: '回到工作台' })
    .or(page.getByRole('link', { name: '回到工作台' }))
    .click()
  await expect(page.getByRole('heading', { name: '工作台' })).toBeVisible()
  await page.goto('/customers/01ARZ3NDEKTSV4RRFFQ69G5FAV')
  await expect(page.getByText('这个客户不在了')).toBeVisible()
})
