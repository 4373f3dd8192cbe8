import { cleanText } from '../../kernel/cleaning/text.ts'

/** What a tag is known by: VIP and vip are one. */
export const tagKey = (name: string): string => cleanText(name).toLowerCase()
