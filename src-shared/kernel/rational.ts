/** An exact number: formulas add up and divide without the rounding of floating point; only what is shown is rounded. */
export type Rational = { readonly n: bigint; readonly d: bigint }

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** In lowest terms with a positive denominator. */
export function rational(n: bigint, d: bigint = 1n): Rational {
  if (d === 1n) return { n, d }
  const sign = d < 0n ? -1n : 1n
  const common = gcd(n, d)
  return common <= 1n ? { n: n * sign, d: d * sign } : { n: (n / common) * sign, d: (d / common) * sign }
}

/** A decimal as it is written: 12.50 is 25/2, not the nearest double. */
export function fromDecimal(text: string): Rational | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)
  if (!match) return null
  const [, sign = '', whole = '', decimals = ''] = match
  const n = BigInt(`${whole}${decimals}`)
  return rational(sign === '-' ? -n : n, 10n ** BigInt(decimals.length))
}

export const add = (a: Rational, b: Rational): Rational =>
  a.d === b.d ? rational(a.n + b.n, a.d) : rational(a.n * b.d + b.n * a.d, a.d * b.d)
export const subtract = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d })
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d)
/** The divisor must not be zero. */
export const divide = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n)
export const compare = (a: Rational, b: Rational): number => {
  const [left, right] = [a.n * b.d, b.n * a.d]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Downwards to a whole number, also below zero. */
export function floor({ n, d }: Rational): bigint {
  const whole = n / d
  return n < 0n && n % d !== 0n ? whole - 1n : whole
}

/** To so many decimals, halves away from zero, as an amount is rounded on paper. @returns whole units of the last decimal */
export function roundedUnits({ n, d }: Rational, decimals: number): bigint {
  const scaled = (n < 0n ? -n : n) * 10n ** BigInt(decimals)
  const units = (scaled * 2n + d) / (d * 2n)
  return n < 0n ? -units : units
}

export const round = (value: Rational, decimals: number): Rational =>
  rational(roundedUnits(value, decimals), 10n ** BigInt(decimals))

/** Part of whole to so many decimals, halves away from zero; null of nothing. */
export function share(part: number, whole: number, decimals = 6): number | null {
  if (whole === 0) return null
  return Number(roundedUnits(rational(BigInt(part), BigInt(whole)), decimals)) / 10 ** decimals
}
