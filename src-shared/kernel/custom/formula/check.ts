import type { FunctionName } from './functions.ts'
import type { Node } from './parse.ts'
import { FormulaProblem } from './tokens.ts'

/** `nothing`: what is always empty fits everywhere. */
export type FormulaType = 'number' | 'money' | 'text' | 'date' | 'boolean' | 'nothing'
export type TypeOf = (key: string) => FormulaType | null | undefined

const isFigure = (type: FormulaType): boolean => type === 'number' || type === 'money' || type === 'nothing'
const isA = (type: FormulaType, wanted: FormulaType): boolean => type === wanted || type === 'nothing'

/** What a formula results in. @throws FormulaProblem where its parts do not go together */
export function typeOfFormula(node: Node, typeOf: TypeOf): FormulaType {
  const of = (one: Node): FormulaType => typeOfFormula(one, typeOf)
  switch (node.kind) {
    case 'number':
      return 'number'
    case 'text':
      return 'text'
    case 'boolean':
      return 'boolean'
    case 'field': {
      const type = typeOf(node.key)
      if (type === undefined) throw new FormulaProblem('unknownField', node.at, node.key)
      if (type === null) throw new FormulaProblem('unusableField', node.at, node.key)
      return type
    }
    case 'minus':
      return figure(node.of, of)
    case 'operator':
      return typeOfOperator(node, of)
    default:
      return typeOfCall(node, of)
  }
}

type Of = (node: Node) => FormulaType
type Operation = Extract<Node, { kind: 'operator' }>
type Call = Extract<Node, { kind: 'call' }>

function figure(node: Node, of: Of): FormulaType {
  const type = of(node)
  if (!isFigure(type)) throw new FormulaProblem('types', node.at)
  return type
}

function typeOfOperator({ sign, left, right, at }: Operation, of: Of): FormulaType {
  const [a, b] = [of(left), of(right)]
  switch (sign) {
    case '&':
      if (a === 'boolean' || b === 'boolean') throw new FormulaProblem('types', at, sign)
      return 'text'
    case '+':
    case '-':
      return sumType(sign, [a, b], at)
    case '*':
    case '/':
    case '%':
      return productType(sign, [a, b], at)
    default:
      if (!comparable(a, b, sign)) throw new FormulaProblem('types', at, sign)
      return 'boolean'
  }
}

/** An amount times an amount is nothing; one by the other is a number. */
function productType(sign: '*' | '/' | '%', [a, b]: readonly [FormulaType, FormulaType], at: number): FormulaType {
  const [left, right] = [a === 'money', b === 'money']
  if (!isFigure(a) || !isFigure(b) || (sign === '*' && left && right)) throw new FormulaProblem('types', at, sign)
  if (sign === '%') return a
  return left !== right && (left || sign === '*') ? 'money' : 'number'
}

/** Days are added to a date; two dates are so many days apart. */
function sumType(sign: '+' | '-', [a, b]: readonly [FormulaType, FormulaType], at: number): FormulaType {
  if (a === 'date' && b === 'date' && sign === '-') return 'number'
  if (a === 'date' && isA(b, 'number')) return 'date'
  if (!isFigure(a) || !isFigure(b)) throw new FormulaProblem('types', at, sign)
  return a === 'money' || b === 'money' ? 'money' : 'number'
}

const comparable = (a: FormulaType, b: FormulaType, sign: string): boolean =>
  a === 'boolean' || b === 'boolean'
    ? (sign === '=' || sign === '<>') && isA(a, 'boolean') && isA(b, 'boolean')
    : (isFigure(a) && isFigure(b)) || isA(a, b) || isA(b, a)

type Signature = { least: number; most: number; type: (args: readonly FormulaType[], node: Call, of: Of) => FormulaType }
const all = (args: readonly FormulaType[], node: Call, wanted: (type: FormulaType) => boolean): void => {
  const bad = args.findIndex((type) => !wanted(type))
  if (bad >= 0) throw new FormulaProblem('types', node.args[bad]?.at ?? node.at, node.name)
}
const booleans = (args: readonly FormulaType[], node: Call): FormulaType => {
  all(args, node, (type) => isA(type, 'boolean'))
  return 'boolean'
}
const ofDate = (args: readonly FormulaType[], node: Call): FormulaType => {
  all(args, node, (type) => isA(type, 'date'))
  return 'number'
}
/** Several of one kind; amounts and numbers together are amounts. */
function alike(args: readonly FormulaType[], node: Call): FormulaType {
  const said = args.filter((type) => type !== 'nothing')
  const [first = 'nothing'] = said
  if (said.every(isFigure)) return said.includes('money') ? 'money' : first
  all(args, node, (type) => isA(type, first))
  return first
}
const figures = (args: readonly FormulaType[], node: Call): FormulaType => {
  if (!args.every((type) => isA(type, 'date'))) all(args, node, isFigure)
  return alike(args, node)
}

const SIGNATURES: Record<FunctionName, Signature> = {
  if: {
    least: 2,
    most: 3,
    type: ([condition = 'nothing', ...rest], node) => {
      if (!isA(condition, 'boolean')) throw new FormulaProblem('types', node.args[0]?.at ?? node.at, 'if')
      return alike(rest, node)
    },
  },
  and: { least: 1, most: 20, type: booleans },
  or: { least: 1, most: 20, type: booleans },
  not: { least: 1, most: 1, type: booleans },
  round: {
    least: 1,
    most: 2,
    type: (args, node) => {
      all(args, node, isFigure)
      const digits = node.args[1]
      if (digits && (digits.kind !== 'number' || !/^[0-6]$/.test(digits.text)))
        throw new FormulaProblem('types', digits.at, 'round')
      return args[0] ?? 'number'
    },
  },
  abs: { least: 1, most: 1, type: figures },
  min: { least: 1, most: 20, type: figures },
  max: { least: 1, most: 20, type: figures },
  coalesce: { least: 1, most: 20, type: alike },
  join: {
    least: 2,
    most: 20,
    type: (args, node) => {
      all(args, node, (type) => type !== 'boolean')
      return 'text'
    },
  },
  isempty: { least: 1, most: 1, type: () => 'boolean' },
  today: { least: 0, most: 0, type: () => 'date' },
  days: { least: 2, most: 2, type: ofDate },
  year: { least: 1, most: 1, type: ofDate },
  month: { least: 1, most: 1, type: ofDate },
}

function typeOfCall(node: Call, of: Of): FormulaType {
  const signature = SIGNATURES[node.name as FunctionName]
  const { length } = node.args
  if (length < signature.least || length > signature.most) throw new FormulaProblem('arguments', node.at, node.name)
  return signature.type(node.args.map(of), node, of)
}
