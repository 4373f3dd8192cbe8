import { FUNCTIONS } from './functions.ts'
import { FormulaProblem, type Token, tokensOf } from './tokens.ts'

export type Operator = '+' | '-' | '*' | '/' | '%' | '&' | '=' | '<>' | '<' | '<=' | '>' | '>='
export type Node = { readonly at: number } & (
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'field'; readonly key: string }
  | { readonly kind: 'minus'; readonly of: Node }
  | { readonly kind: 'operator'; readonly sign: Operator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
)

/** From weak to strong. */
const LEVELS: readonly (readonly string[])[] = [['=', '<>', '<', '<=', '>', '>='], ['&'], ['+', '-'], ['*', '/', '%']]
const DEEPEST = 60

/** The tree of a formula whose fields are written by key. @throws FormulaProblem */
export function parseFormula(source: string): Node {
  const tokens = tokensOf(source)
  if (tokens.length === 0) throw new FormulaProblem('empty', 0)
  const reader = new Reader(tokens, source.length)
  const node = reader.level(0, 0)
  reader.end()
  return node
}

class Reader {
  readonly #tokens: readonly Token[]
  readonly #length: number
  #at = 0

  constructor(tokens: readonly Token[], length: number) {
    this.#tokens = tokens
    this.#length = length
  }

  end(): void {
    const token = this.#tokens[this.#at]
    if (token) throw new FormulaProblem('unexpected', token.at, token.text)
  }

  level(level: number, depth: number): Node {
    if (depth > DEEPEST) throw new FormulaProblem('tooLong', this.#tokens[this.#at]?.at ?? this.#length, String(DEEPEST))
    const signs = LEVELS[level]
    if (!signs) return this.#minus(depth)
    let left = this.level(level + 1, depth + 1)
    for (let token = this.#sign(signs); token; token = this.#sign(signs)) {
      const right = this.level(level + 1, depth + 1)
      left = { kind: 'operator', sign: token.text as Operator, left, right, at: token.at }
    }
    return left
  }

  #sign(signs: readonly string[]): Token | null {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return null
    this.#at++
    return token
  }

  #minus(depth: number): Node {
    const minus = this.#sign(['-'])
    if (minus) return { kind: 'minus', of: this.level(LEVELS.length, depth + 1), at: minus.at }
    return this.#one(depth)
  }

  #one(depth: number): Node {
    const token = this.#tokens[this.#at++]
    if (!token) throw new FormulaProblem('unexpected', this.#length)
    switch (token.kind) {
      case 'number':
        return { kind: 'number', text: token.text, at: token.at }
      case 'text':
        return { kind: 'text', text: token.text, at: token.at }
      case 'field':
        return { kind: 'field', key: token.text, at: token.at }
      case 'word':
        return this.#word(token, depth)
      default: {
        if (token.text !== '(') throw new FormulaProblem('unexpected', token.at, token.text)
        const inner = this.level(0, depth + 1)
        this.#close()
        return inner
      }
    }
  }

  #word(token: Token, depth: number): Node {
    if (token.text === 'true' || token.text === 'false') return { kind: 'boolean', value: token.text === 'true', at: token.at }
    const name = FUNCTIONS.get(token.text)
    if (name === undefined) throw new FormulaProblem('unknownFunction', token.at, token.text)
    if (!this.#sign(['('])) throw new FormulaProblem('unexpected', token.at, token.text)
    const args: Node[] = []
    if (!this.#sign([')'])) {
      do args.push(this.level(0, depth + 1))
      while (this.#sign([',']))
      this.#close()
    }
    return { kind: 'call', name, args, at: token.at }
  }

  #close(): void {
    const token = this.#tokens[this.#at]
    if (token?.kind !== 'sign' || token.text !== ')')
      throw new FormulaProblem('unexpected', token?.at ?? this.#length, token?.text ?? '')
    this.#at++
  }
}

/** The keys of the fields that a tree names. */
export function fieldsOf(node: Node, found: Set<string> = new Set()): Set<string> {
  if (node.kind === 'field') found.add(node.key)
  else if (node.kind === 'minus') fieldsOf(node.of, found)
  else if (node.kind === 'operator') {
    fieldsOf(node.left, found)
    fieldsOf(node.right, found)
  } else if (node.kind === 'call') for (const arg of node.args) fieldsOf(arg, found)
  return found
}
