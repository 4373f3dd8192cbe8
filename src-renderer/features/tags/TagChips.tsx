import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { tagKey } from '../../../src-shared/features/tags/key.ts'
import { Chip, type Tone } from '../../components/marks.tsx'
import { useApi } from '../../kernel/context.tsx'

const TagTonesContext = createContext<ReadonlyMap<string, Tone>>(new Map())

/** The tones chosen in the settings, asked for once: a list draws a hundred tags and must not ask a hundred times. */
export function TagTones({ children }: { children: ReactNode }) {
  const tags = useQuery(useApi().tags.list.queryOptions({ input: {}, staleTime: 60_000 }))
  const tones = useMemo(() => new Map((tags.data ?? []).map((tag) => [tagKey(tag.name), tag.tone])), [tags.data])
  return <TagTonesContext value={tones}>{children}</TagTonesContext>
}

type TagChipsProps = {
  names: readonly string[]
  tinted?: number
  /** Stands behind the last one, and goes into the next line with it. */
  end?: ReactNode
}

/** Tags in their tones; of many, the first `tinted` that have one, so that a row does not turn into a rainbow. */
export function TagChips({ names, tinted = 2, end }: TagChipsProps) {
  const tones = useContext(TagTonesContext)
  const chips = tonesOf(names, tones, tinted).map(({ name, tone }) => (
    <Chip key={name} tone={tone}>
      {name}
    </Chip>
  ))
  if (end === undefined) return <span className="row g4 inline">{chips}</span>
  return (
    <>
      {chips.slice(0, -1)}
      <span className="row g4 inline">
        {chips.slice(-1)}
        {end}
      </span>
    </>
  )
}

export function tonesOf(
  names: readonly string[],
  tones: ReadonlyMap<string, Tone>,
  tinted: number,
): readonly { name: string; tone: Tone }[] {
  let left = tinted
  return names.map((name) => {
    const tone = tones.get(tagKey(name)) ?? 'ink'
    if (tone === 'ink' || left === 0) return { name, tone: 'ink' }
    left--
    return { name, tone }
  })
}
