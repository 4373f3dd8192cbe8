/** What runs inside the page; each function stands alone, because only its text goes there. */

/** Before anything is loaded: notes when the first card has been painted, on the clock that also tells when its data came. */
export function watchFirstCard(): void {
  const kept = globalThis as unknown as { firstCard: Promise<number> }
  kept.firstCard = new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('[data-card]')) requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Milliseconds from the answer that brought the cards to the frame that showed the first. */
export async function firstPaint(): Promise<number> {
  const painted = await (globalThis as unknown as { firstCard: Promise<number> }).firstCard
  const answers = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/rpc/opportunities/board'))
  const [answer] = answers as PerformanceResourceTiming[]
  if (!answer) throw new Error('the board was not asked for')
  return painted - answer.responseEnd
}

/** Takes the first card and draws it over all columns, up and down, for three seconds; then lets it go by Escape. */
export async function dragged(): Promise<{ frames: number; longest: number; nodes: number; carried: boolean }> {
  const card = document.querySelector('[data-card]')
  const board = document.querySelector('.board')
  if (!card || !board) throw new Error('no board')
  let longest = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
  })
  observer.observe({ entryTypes: ['longtask'] })
  const from = card.getBoundingClientRect()
  const area = board.getBoundingClientRect()
  const mouse = (type: string, target: EventTarget, x: number, y: number) =>
    target.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, buttons: 1 }))
  const [x, y] = [from.left + from.width / 2, from.top + from.height / 2]
  mouse('mousedown', card, x, y)
  mouse('mousemove', document, x + 8, y + 8)
  let frames = 0
  let nodes = 0
  let carried = false
  const start = performance.now()
  await new Promise<void>((resolve) => {
    const step = () => {
      const now = performance.now() - start
      if (now > 3000) return resolve()
      frames++
      const across = area.left + 40 + ((Math.sin(now / 450) + 1) / 2) * (area.width - 80)
      const down = area.top + 120 + ((Math.sin(now / 1400 - 1) + 1) / 2) * (area.height - 140)
      mouse('mousemove', document, across, down)
      if (frames % 20 === 0) {
        nodes = Math.max(nodes, document.querySelectorAll('*').length)
        carried ||= document.querySelector('.carried') !== null
      }
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape', bubbles: true }))
  await new Promise((resolve) => setTimeout(resolve, 200))
  observer.disconnect()
  return { frames, longest, nodes, carried }
}
