import type { BrowserContext } from '@playwright/test'

type Expected = { pattern: RegExp; because: string; met: boolean }

/** Hears every browser of a test: an error on the console, a broken page, a violated policy or an answer of 500 fails it. */
export class Watch {
  readonly #heard: string[] = []
  readonly #expected: Expected[] = []

  follow(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error') this.#heard.push(`console: ${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (error) => this.#heard.push(`page: ${error.error().stack ?? error.error().message}`))
    context.on('response', (response) => {
      if (response.status() >= 500) this.#heard.push(`${response.status()} from ${response.url()}`)
    })
  }

  /** Something that this very test brings about; it fails as well when it never comes. */
  expect(pattern: RegExp, because: string): void {
    this.#expected.push({ pattern, because, met: false })
  }

  /** Everything heard that nobody announced, and everything announced that did not come. */
  verdict(): string[] {
    const left = this.#heard.filter((said) => {
      const announced = this.#expected.find(({ pattern }) => pattern.test(said))
      if (announced) announced.met = true
      return !announced
    })
    const missing = this.#expected.filter(({ met }) => !met).map(({ because }) => `did not come: ${because}`)
    return [...left, ...missing]
  }
}
