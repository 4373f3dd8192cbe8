import { z } from 'zod'
import { cleanText, withoutControls } from './cleaning/text.ts'

/** A name or a label: one line, of which signs without ink are no part; nothing but those is nothing. */
export const line = (max: number) => z.string().overwrite(cleanText).min(1, 'required').max(max)

/** Words of several lines as they were written, without signs that no screen shows; nothing but blanks is nothing. */
export const lines = (max: number) =>
  z
    .string()
    .overwrite((text) => (cleanText(text) === '' ? '' : withoutControls(text).trim()))
    .min(1, 'required')
    .max(max)
