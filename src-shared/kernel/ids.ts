import { z } from 'zod'

/** ULID text: 26 characters of Crockford's base 32, time first, so rows of several machines never collide and sort by age. */
export const Ulid = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'notAnId')

/** A branded id, so that a contact's id does not fit where a customer's is wanted. */
export const idOf = <const Name extends string>() => Ulid.brand<Name>()
