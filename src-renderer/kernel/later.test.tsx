import { act, Suspense } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { isMissingPart, later } from './later.ts'

const Part = ({ said }: { said: string }) => <b>{said}</b>
const box = document.createElement('div')
let root: Root
beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('requestIdleCallback', (run: () => void) => setTimeout(run))
  root = createRoot(box)
})
afterEach(() => {
  act(() => root.unmount())
  vi.unstubAllGlobals()
})

it('a part that was prepared is drawn in the same breath as the page that opens it', async () => {
  const load = vi.fn(() => Promise.resolve(Part))
  const Prepared = later(load)
  Prepared.prepare()
  Prepared.prepare()
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1))
  await Promise.resolve()
  act(() => root.render(<Suspense fallback="…">{<Prepared said="here" />}</Suspense>))
  expect(box.innerHTML).toBe('<b>here</b>')
  act(() => root.render(<Suspense fallback="…">{<Prepared said="still" />}</Suspense>))
  expect([box.innerHTML, load.mock.calls.length]).toEqual(['<b>still</b>', 1])
})

it('one that was not is loaded when it is opened, and what it holds stays when it is drawn again', async () => {
  let arrive: (part: typeof Part) => void = () => undefined
  const Opened = later(() => new Promise<typeof Part>((resolve) => void (arrive = resolve)))
  const draw = (said: string) => act(async () => root.render(<Suspense fallback="…">{<Opened said={said} />}</Suspense>))
  await draw('one')
  expect(box.textContent).toBe('…')
  await act(async () => arrive(Part))
  await vi.waitFor(() => expect(box.textContent).toBe('one'))
  const drawn = box.querySelector('b')
  await draw('two')
  expect([box.querySelector('b') === drawn, drawn?.textContent]).toEqual([true, 'two'])
})

it('a part that could not be fetched ahead is fetched again', async () => {
  const load = vi.fn(() => Promise.resolve(Part))
  load.mockImplementationOnce(() => Promise.reject(new TypeError('away')))
  const Lost = later(load)
  Lost.prepare()
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1))
  await new Promise((resolve) => setTimeout(resolve, 5))
  Lost.prepare()
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2))
  await Promise.resolve()
  act(() => root.render(<Suspense fallback="…">{<Lost said="back" />}</Suspense>))
  expect(box.textContent).toBe('back')
})

it('a part whose code or whose styles cannot be fetched is told from one that threw', () => {
  for (const away of [
    new TypeError('Failed to fetch dynamically imported module: http://host/assets/CustomersPage.js'),
    new TypeError('error loading dynamically imported module'),
    new TypeError('Importing a module script failed.'),
    new Error('Unable to preload CSS for /assets/ViewBar.css'),
  ])
    expect(isMissingPart(away), away.message).toBe(true)
  for (const thrown of [new TypeError('x is not a function'), new Error('no'), 'away']) expect(isMissingPart(thrown)).toBe(false)
})
