import type { ReactNode } from 'react'

const TONES = ['#4A6BC8', '#2B8A6B', '#8060BE', '#B0653A', '#2B7F99', '#A84F6F', '#7A7430', '#5B6475']
const toneOf = (name: string): string =>
  TONES[[...name].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7) % TONES.length] ?? TONES[0] ?? ''

/** Places in front of a firm's name say nothing about which firm it is. */
const PLACE =
  /^(.{2,3}省)?(北京|上海|天津|重庆|杭州|苏州|无锡|南京|宁波|常州|嘉兴|绍兴|温州|合肥|台州|昆山|金华|湖州|厦门|青岛|东莞|佛山|成都|武汉|长沙|广州|深圳|西安|济南|郑州|福州|泉州|南通|徐州|扬州)市?/
const latin = (name: string) => /^[\x20-\x7e]+$/.test(name)
const initials = (name: string) =>
  name
    .split(/[\s.-]+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase()

function personLetters(name: string, size: number): string {
  if (latin(name)) return size < 30 ? initials(name).slice(0, 1) : initials(name)
  return size < 30 ? name.slice(-1) : name.slice(-2)
}
function firmLetters(name: string, size: number): string {
  if (latin(name)) return size < 26 ? initials(name).slice(0, 1) : initials(name)
  const bare = name.replace(PLACE, '').replace(/[\s（(].*$/, '') || name
  return bare.slice(0, size < 26 ? 1 : 2)
}

/** Round = person, rounded square = firm; one character below 30 px, two from 30 px. The hue comes from the name. */
export function Avatar({ name, size = 20, firm = false }: { name: string; size?: number; firm?: boolean }) {
  const fontSize = firm ? (size > 40 ? 16 : size > 30 ? 13 : 11) : size < 24 ? 11 : size < 34 ? 12 : 14
  const radius = firm ? (size > 30 ? 8 : 5) : '50%'
  return (
    <span
      className={`av ${firm ? 'firm' : 'person'}`}
      style={{ width: size, height: size, borderRadius: radius, fontSize, ['--tone' as string]: toneOf(name) }}
      aria-hidden
    >
      {firm ? firmLetters(name, size) : personLetters(name, size)}
    </span>
  )
}

export function Person({ name, size = 20, children }: { name: string; size?: number; children?: ReactNode }) {
  return (
    <span className="row g6 inline person-line">
      <Avatar name={name} size={size} />
      <span className="el">{children ?? name}</span>
    </span>
  )
}
