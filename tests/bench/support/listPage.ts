/** What runs inside the page; each function stands alone, because only its text goes there. */

export const ROWS = 1000
/** The columns that are made to stand beside each other, and what the block writes into them. */
export const BLOCK = {
  fields: ['name', 'level', 'status', 'phone', 'email', 'industry', 'source', 'city'],
  columns: [
    { word: '负责人', on: false },
    { word: '联系人', on: false },
    { word: '邮箱', on: true },
    { word: '行业', on: true },
    { word: '来源', on: true },
    { word: '城市', on: true },
  ],
}

export const blockText = (round: number): string =>
  Array.from({ length: ROWS }, (_, i) =>
    [
      `甬江精密第${round}批${i}号有限公司`,
      ['A', 'B', 'C'][(i + round) % 3],
      ['潜在', '跟进中', '已成交'][(i + round) % 3],
      `138${String(10_000_000 + round * ROWS + i)}`,
      `a${i}.${round}@firm.cn`,
      `行业 ${round} ${i}`,
      `来源 ${round}`,
      `城市 ${round}`,
    ].join('\t'),
  ).join('\r\n')

/** A list that draws its window of rows by plain DOM calls and nothing else, with as many cells a row. */
export const bareList = (total: number): string => `<!doctype html>
<style>body{margin:0;font:13px sans-serif}.bare{height:780px;overflow:auto}.in{position:relative;height:${total * 32}px}
.r{position:absolute;height:32px;left:0;right:0;display:flex}.r span{width:120px;overflow:hidden;white-space:nowrap}</style>
<div class="bare"><div class="in"></div></div>
<script>
const box = document.querySelector('.bare'), inner = document.querySelector('.in'), rows = new Map()
function draw() {
  const first = Math.max(0, Math.floor(box.scrollTop / 32) - 8), last = Math.min(${total} - 1, first + 42)
  for (const [at, row] of rows) if (at < first || at > last) { row.remove(); rows.delete(at) }
  for (let at = first; at <= last; at++) if (!rows.has(at)) {
    const row = document.createElement('div')
    row.className = 'r'
    row.style.top = at * 32 + 'px'
    for (let c = 0; c < 10; c++) { const cell = document.createElement('span'); cell.textContent = 'row ' + at + ' ' + c; row.append(cell) }
    inner.append(row)
    rows.set(at, row)
  }
}
box.addEventListener('scroll', draw, { passive: true })
draw()
</script>`

/** Scrolls for three seconds at a hand's pace. */
export async function scrolled(selector: string): Promise<{ frames: number; longest: number; nodes: number }> {
  const box = document.querySelector(selector)
  if (!box) throw new Error(`no ${selector}`)
  box.scrollTop = 0
  await new Promise((resolve) => setTimeout(resolve, 400))
  let longest = 0
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
  })
  observer.observe({ entryTypes: ['longtask'] })
  let frames = 0
  let nodes = 0
  const start = performance.now()
  await new Promise<void>((resolve) => {
    const step = () => {
      const now = performance.now() - start
      if (now > 3000) return resolve()
      frames++
      box.scrollTop = now * 1.6
      if (frames % 20 === 0) nodes = Math.max(nodes, document.querySelectorAll('*').length)
      requestAnimationFrame(step)
    }
    requestAnimationFrame(step)
  })
  await new Promise((resolve) => setTimeout(resolve, 200))
  observer.disconnect()
  return { frames, longest, nodes }
}

/** Makes ready to time the next such event until the text stands there and has been painted; `timed` answers. */
export function arm({ event, selector, text }: { event: string; selector: string; text: string }): void {
  const kept = globalThis as unknown as { timed: Promise<number> }
  kept.timed = new Promise((resolve) => {
    const begin = ({ timeStamp }: Event) => {
      const look = () => {
        const found = document.querySelector(selector)
        if (found?.textContent?.includes(text) && !found.querySelector('input')) resolve(performance.now() - timeStamp)
        else requestAnimationFrame(look)
      }
      look()
    }
    document.addEventListener(event, begin, { capture: true, once: true })
  })
}
export const timed = (): Promise<number> => (globalThis as unknown as { timed: Promise<number> }).timed

/** Notes for each edit how long after its key the answer was there. */
export function watchKeys(): void {
  const kept = globalThis as unknown as { saved: number[] }
  kept.saved = []
  let key = 0
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Tab') key = event.timeStamp
    },
    { capture: true },
  )
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[])
      if (entry.name.endsWith('/rpc/customers/edit')) kept.saved.push(entry.responseEnd - key)
  }).observe({ entryTypes: ['resource'] })
}

/** Pastes as another program's clipboard would, and waits until it is said to be saved and stands in the list. */
export async function pasteInto({ text, shown, rows }: { text: string; shown: string; rows: number }): Promise<number> {
  const data = new DataTransfer()
  data.setData('text/plain', text)
  const grid = document.querySelector<HTMLElement>('.grid-keys')
  grid?.focus()
  const start = performance.now()
  grid?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  const said = new RegExp(`${rows.toLocaleString('en-US')} 行`)
  while (performance.now() - start < 60_000) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    const isShown = document.querySelector('tr[data-row-key] [data-col="industry"]')?.textContent?.includes(shown) === true
    const isSaid = [...document.querySelectorAll('.toast')].some((toast) => said.test(toast.textContent ?? ''))
    if (isShown && isSaid) return performance.now() - start
  }
  throw new Error(`the block was not shown: ${document.querySelector('[role="dialog"]')?.textContent ?? 'no dialog'}`)
}
