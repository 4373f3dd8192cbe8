import { useEffect, useRef, useState } from 'react'

const TYPING_MS = 200
/** By then the address has answered, or never will: what it says later was not said to this field. */
const ANSWER_MS = 2000

/**
 * Words on their way to the address. The address answers late, and with what was sent some keys ago: such an answer changes
 * nothing in the field. Half a syllable of an input method is not sent at all.
 */
export function useTyping(value: string, onChange: (value: string) => void) {
  const [typed, setTyped] = useState(value)
  const [isComposing, setIsComposing] = useState(false)
  const sent = useRef<readonly string[]>([])
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  const seen = useRef(value)
  const expiry = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(expiry.current), [])

  useEffect(() => {
    if (value === seen.current) return
    seen.current = value
    const at = sent.current.indexOf(value)
    if (at >= 0) {
      sent.current = sent.current.slice(at + 1)
      return
    }
    // The address changed by itself (a view, the way back): the field follows it, unless a word is just being composed.
    if (isComposing) return
    sent.current = []
    setTyped(value)
  }, [value, isComposing])

  const settle = () => {
    const words = typed.trim()
    if (isComposing || words === (sent.current.at(-1) ?? latest.current.value)) return
    sent.current = [...sent.current, words]
    clearTimeout(expiry.current)
    expiry.current = setTimeout(() => {
      sent.current = []
    }, ANSWER_MS)
    latest.current.onChange(words)
  }
  const current = useRef(settle)
  current.current = settle
  // Only typing begins the wait anew: the page around the field is drawn again many times a second while an import runs.
  useEffect(() => {
    if (isComposing) return undefined
    const timer = setTimeout(() => current.current(), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, isComposing])

  return { typed, type: setTyped, compose: setIsComposing, settle }
}
