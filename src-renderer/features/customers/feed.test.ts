import { expect, it } from 'vitest'
import type { TimelineEvent } from '../../components/Timeline.tsx'
import { holdingUp, oneLine, together } from './feed.ts'

const event = (at: string): TimelineEvent => ({ key: at, at, icon: null, tone: 'info', who: '', what: '' })
const stream = (reached: string | null, ...at: string[]) => ({ reached, events: at.map(event) })
const shown = (...streams: ReturnType<typeof stream>[]) => oneLine(streams).map(({ at }) => at)

it('streams that are loaded whole are one line, newest first', () => {
  expect(shown(stream(null, '05', '02'), stream(null, '04', '01'))).toEqual(['05', '04', '02', '01'])
  expect(holdingUp([stream(null, '05')])).toEqual([])
})

it('what lies behind the end of a stream still to be loaded waits, whichever it is', () => {
  const said = stream('03', '05', '03')
  const changes = stream(null, '04', '02', '01')
  expect(shown(said, changes)).toEqual(['05', '04', '03'])
  expect(holdingUp([said, changes])).toEqual([said])
  expect(shown(stream(null, '05', '03', '01'), stream('04', '04'))).toEqual(['05', '04'])
})

it('a page without anything to show still moves the line on', () => {
  const changes = stream('02')
  expect(shown(stream(null, '05', '03', '01'), changes)).toEqual(['05', '03'])
  expect(holdingUp([stream(null), changes])).toEqual([changes])
})

it('both are asked when both end at one instant', () => {
  const both = [stream('03', '03'), stream('03', '04', '03')]
  expect(holdingUp(both)).toEqual(both)
})

it('what one person changes one field after the other is one group; somebody else, a longer pause or what stands alone begins another', () => {
  const edit = (at: string, actorName = '张三', what = 'edited') => ({ at: `2026-11-19T${at}:00.000Z`, actorName, what })
  const groups = together(
    [edit('10:20'), edit('10:15'), edit('10:07'), edit('09:50'), edit('09:45', '李四'), edit('09:44', '李四', 'created')],
    ({ what }) => what === 'created',
  )
  expect(groups.map((group) => group.length)).toEqual([3, 1, 1, 1])
})
