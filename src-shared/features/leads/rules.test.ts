import { describe, expect, it } from 'vitest'
import { answered, becoming, requireArrived, requireOpen } from './rules.ts'

const fresh = { status: 'new', firstFollowUpAt: null, lastFollowUpAt: null, nextFollowUpAt: null } as const
const [NINE, TEN, NOON] = ['2026-11-23T09:00:00.000Z', '2026-11-23T10:00:00.000Z', '2026-11-23T12:00:00.000Z']

describe('a follow-up', () => {
  it('answers a new lead, and a later one leaves the answer where it was', () => {
    const once = answered(fresh, { happenedAt: TEN, nextAt: NOON })
    expect(once).toEqual({ status: 'contacted', firstFollowUpAt: TEN, lastFollowUpAt: TEN, nextFollowUpAt: NOON })
    const twice = answered({ ...once, status: 'qualified' }, { happenedAt: NOON, nextAt: undefined })
    expect(twice).toEqual({ status: 'qualified', firstFollowUpAt: TEN, lastFollowUpAt: NOON, nextFollowUpAt: null })
  })
  it('written down late is still the first', () => {
    const once = answered(fresh, { happenedAt: TEN, nextAt: null })
    expect(answered(once, { happenedAt: NINE, nextAt: undefined })).toMatchObject({ firstFollowUpAt: NINE, lastFollowUpAt: TEN })
  })
})

const lead = {
  name: '王强',
  company: '杭州越纺',
  person: null,
  title: '经理',
  phone: '+8613800000001',
  wechat: null,
  email: null,
  industry: null,
  sourceName: '展会',
  province: null,
  city: null,
  district: null,
  address: null,
  note: null,
}
describe('a lead becomes', () => {
  it('its firm, and the person who asked a contact of it', () => {
    expect(becoming(lead)).toMatchObject({
      customer: { name: '杭州越纺', source: '展会', phone: '+8613800000001' },
      contact: { name: '王强', title: '经理' },
      opportunity: { name: '杭州越纺', amount: null },
    })
  })
  it('a customer alone where it names nobody', () => {
    expect(becoming({ ...lead, name: '杭州越纺' }).contact).toBeNull()
    expect(becoming({ ...lead, company: null })).toMatchObject({ customer: { name: '王强' }, contact: null })
  })
})

describe('a lead', () => {
  it('is not worked on in the bin, nor when it became a customer', () => {
    expect(() => requireOpen({ deletedAt: NINE, status: 'new' })).toThrow('deleted')
    expect(() => requireOpen({ deletedAt: null, status: 'converted' })).toThrow('converted')
    expect(() => requireOpen({ deletedAt: null, status: 'invalid' })).not.toThrow()
  })
  it('has arrived when it is written down', () => {
    expect(() => requireArrived(NOON, NINE)).toThrow('arrivedLater')
    expect(() => requireArrived(NINE, NOON)).not.toThrow()
  })
})
