import type { ReactNode } from 'react'
import type { Answer } from '../../../src-shared/features/follow-ups/model.ts'

/** Words as they were written, never as markup; colleagues that were named stand out. */
export function Said({ text, mentions }: Pick<Answer, 'text' | 'mentions'>) {
  return <div dir="auto">{withNames(text, [...new Set(mentions.map(({ name }) => `@${name}`))])}</div>
}

function withNames(text: string, names: readonly string[]): ReactNode {
  if (names.length === 0) return text
  // The longer first: 王芳 must not end the name of 王芳芳.
  const sorted = [...names].sort((a, b) => b.length - a.length)
  const parts: ReactNode[] = []
  let plain = ''
  for (let at = 0; at < text.length; ) {
    const found = text[at] === '@' ? sorted.find((name) => text.startsWith(name, at)) : undefined
    if (found) {
      parts.push(
        plain,
        <bdi key={at} className="mention">
          {found}
        </bdi>,
      )
      plain = ''
      at += found.length
    } else {
      plain += text[at]
      at++
    }
  }
  return [...parts, plain]
}
