import { Refusal } from '../../kernel/refusal.ts'
import type { BuyerKind } from '../billing/model.ts'
import type { InvoiceKind, InvoiceStatus } from './model.ts'

const NEXT: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  requested: ['issued', 'void'],
  issued: ['posted', 'void'],
  posted: ['void'],
  void: [],
}
/** @throws Refusal statusNotNext: what is of no value stays so, and nothing is made out twice */
export function requireNext(from: InvoiceStatus, to: InvoiceStatus): void {
  if (!NEXT[from].includes(to)) throw new Refusal('statusNotNext', { from, to })
}

/** Those that paper is already out for, or a tax number of the state's. */
export const isOut = (status: InvoiceStatus): boolean => status === 'issued' || status === 'posted'

type Order = { readonly name: string; readonly status: string; readonly totalFen: number; readonly invoicedFen: number }
/**
 * What of an order may still be invoiced: what it comes to less what its living invoices say. Money that was given back lowers no
 * invoice by itself; who gives money back makes the invoice void or corrects the order.
 * @returns fen, never below zero
 */
export const openOf = ({ totalFen, invoicedFen }: Pick<Order, 'totalFen' | 'invoicedFen'>): number =>
  Math.max(0, totalFen - invoicedFen)

/**
 * Invoices stand on what was agreed, and come to no more than it.
 * @throws Refusal orderCancelled | orderDraft | aboveOpen (name, openFen)
 */
export function requireOpen(order: Order, amountFen: number): void {
  const { name, status } = order
  if (status === 'cancelled') throw new Refusal('orderCancelled', { name })
  if (status === 'draft') throw new Refusal('orderDraft', { name })
  const openFen = openOf(order)
  if (amountFen > openFen) throw new Refusal('aboveOpen', { name, openFen, open: (openFen / 100).toFixed(2) })
}

/** @throws Refusal orderTwice: an order stands in an invoice once */
export function requireOnce(lines: readonly { readonly orderId: string }[]): void {
  if (new Set(lines.map(({ orderId }) => orderId)).size < lines.length) throw new Refusal('orderTwice')
}

type Buyer = { readonly kind: BuyerKind; readonly taxNumber: string | null }
const isSpecial = (kind: InvoiceKind): boolean => kind === 'special' || kind === 'eSpecial'
/**
 * A special invoice lets the buyer deduct the tax, so it goes to enterprises; and no enterprise gets an invoice without its number.
 * @throws Refusal specialForEnterprise | taxNumberMissing
 */
export function requireBuyer(kind: InvoiceKind, buyer: Buyer): void {
  if (isSpecial(kind) && buyer.kind !== 'enterprise') throw new Refusal('specialForEnterprise')
  if (buyer.kind === 'enterprise' && buyer.taxNumber === null) throw new Refusal('taxNumberMissing')
}
