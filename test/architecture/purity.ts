/**
 * Finds in a source text whatever could make the protocol give two answers to one question.
 *
 * A global name is allowed only if it is on the list of pure ones, so that what a later Node or browser adds is refused
 * until someone has thought about it. Names that can only mean something impure are refused even as names of something
 * else. A name the file declares anywhere is taken to mean that everywhere in it: `process` is a word of the law too.
 */
import { parseSync } from 'vite'

export type Impurity = { readonly line: number; readonly what: string }

export type Strictness = {
  /** Packages that may be imported by name. */
  readonly packages: RegExp
  /** Whether anything may be waited for. The law answers at once. */
  readonly promises: 'allowed' | 'refused'
}

/** Clocks, chance, files, sockets, timers, output, and what depends on the machine or its language. */
const IMPURE = new Set(
  `Date performance crypto fetch setTimeout setInterval setImmediate queueMicrotask clearTimeout clearInterval
  console Buffer require globalThis global navigator localStorage sessionStorage indexedDB
  XMLHttpRequest WebSocket EventSource Worker SharedWorker BroadcastChannel MessageChannel Intl Temporal eval Function
  WeakRef FinalizationRegistry SharedArrayBuffer Atomics AbortController AbortSignal`.split(/\s+/),
)

/** The same on every machine, at every time. */
const PURE = new Set(
  `undefined NaN Infinity Object Array Map Set WeakMap WeakSet String Number Boolean BigInt Symbol JSON Math Iterator
  Error TypeError RangeError SyntaxError RegExp Reflect parseInt isNaN structuredClone TextEncoder TextDecoder
  ArrayBuffer DataView Uint8Array Uint16Array Uint32Array Int8Array Int16Array Int32Array BigInt64Array BigUint64Array
  Float64Array`.split(/\s+/),
)

/** Exact on integers. The others are left to each engine's own rounding, or are chance. */
const EXACT_MATH = new Set(['abs', 'ceil', 'clz32', 'floor', 'imul', 'max', 'min', 'round', 'sign', 'trunc'])

/** Methods whose answer depends on the machine's language. */
const LOCAL = /^(localeCompare|toLocale\w*)$/

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

export function impurities(source: string, { packages, promises }: Strictness): readonly Impurity[] {
  const { program, errors } = parseSync('source.ts', source, { lang: 'ts' })
  const found: Impurity[] = errors.map((error) => ({ line: 1, what: `does not parse: ${error.message}` }))
  const declared = namesDeclaredIn(program)

  const refuse = (node: Node, what: string) => {
    found.push({ line: source.slice(0, node.start).split('\n').length, what })
  }

  function visit(node: Node, inType: boolean): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration': {
        const from = (node['source'] as { value?: unknown } | null | undefined)?.value
        if (typeof from === 'string' && !from.startsWith('.') && !packages.test(from)) refuse(node, `imports ${from}`)
        break
      }
      case 'ImportExpression':
        refuse(node, 'import()')
        break
      case 'MetaProperty':
        refuse(node, 'import.meta')
        break
      case 'AwaitExpression':
        if (promises === 'refused') refuse(node, 'await')
        break
      case 'Identifier': {
        const name = String(node['name'])
        if (IMPURE.has(name)) refuse(node, name)
        else if (name === 'Promise' && promises === 'refused') refuse(node, name)
        else if (!inType && name !== 'Promise' && !PURE.has(name) && !declared.has(name))
          refuse(node, `unknown global ${name}`)
        break
      }
      case 'MemberExpression': {
        const member = memberName(node)
        if (isMath(node['object']) && (member === undefined || !EXACT_MATH.has(member)))
          refuse(node, `Math.${member ?? '[…]'}`)
        if (member !== undefined && LOCAL.test(member)) refuse(node, `.${member}`)
        break
      }
      default:
        if (node['async'] === true && promises === 'refused') refuse(node, 'async')
    }
    for (const [child, key] of children(node)) {
      // `Math` on its own could be taken apart or passed on, and then nobody sees which function is called.
      if (isMath(child) && !(node.type === 'MemberExpression' && key === 'object')) refuse(child, 'Math as a value')
      visit(child, inType || (child.type.startsWith('TS') && !VALUE_IN_TS.has(child.type)))
    }
  }

  visit(program as unknown as Node, false)
  return found
}

const isMath = (value: unknown) => isNode(value) && value.type === 'Identifier' && value['name'] === 'Math'

/** TypeScript's own expressions: what is inside them is a value still. */
const VALUE_IN_TS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSInstantiationExpression',
])

function memberName(node: Node): string | undefined {
  const property = node['property']
  if (!isNode(property)) return undefined
  if (node['computed'] !== true) return String(property['name'])
  return property.type === 'Literal' && typeof property['value'] === 'string' ? property['value'] : undefined
}

/** The parts of a node that can refer to something. The name of a member or of a property refers to nothing outside. */
function* children(node: Node): Generator<readonly [Node, string]> {
  for (const [key, value] of Object.entries(node)) {
    if (isNameOnly(node, key)) continue
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) yield [child, key]
  }
}

function isNameOnly(node: Node, key: string): boolean {
  if (node['computed'] === true) return false
  switch (node.type) {
    case 'MemberExpression':
      return key === 'property'
    case 'Property':
      // In `{ Date }` key and value are one: the value is visited.
      return key === 'key'
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return key === 'key'
    case 'TSQualifiedName':
      return key === 'right'
    case 'ImportSpecifier':
      return key === 'imported'
    case 'ExportSpecifier':
      return key === 'exported'
    case 'ExportNamedDeclaration':
      // `export { a } from './b.ts'`: not ours, but b's.
      return key === 'specifiers' && isNode(node['source'])
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return key === 'label'
    case 'MetaProperty':
      return true
    case 'TSNamedTupleMember':
      return key === 'label'
    case 'TSTypePredicate':
      return key === 'parameterName'
    default:
      return false
  }
}

/** Every name bound anywhere in the file: imports, variables, parameters, functions, classes. */
function namesDeclaredIn(program: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const bind = (pattern: unknown): void => {
    if (!isNode(pattern)) return
    if (pattern.type === 'Identifier') names.add(String(pattern['name']))
    // Destructuring: `{ a, b: c = 1, ...rest }`, `[a, , b]`.
    else if (pattern.type === 'Property') bind(pattern['value'])
    else if (pattern.type === 'AssignmentPattern') bind(pattern['left'])
    else if (pattern.type === 'RestElement') bind(pattern['argument'])
    else if (pattern.type === 'TSParameterProperty') bind(pattern['parameter'])
    else for (const part of [pattern['properties'], pattern['elements']]) if (Array.isArray(part)) part.forEach(bind)
  }
  const walk = (node: Node): void => {
    if (/^(VariableDeclarator|Function|Class|TSEnum|TSTypeAlias|TSInterface)/.test(node.type)) bind(node['id'])
    if (/^Import.*Specifier$/.test(node.type)) bind(node['local'])
    if (node.type === 'CatchClause') bind(node['param'])
    if (Array.isArray(node['params'])) node['params'].forEach(bind)
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) walk(child)
    }
  }
  if (isNode(program)) walk(program)
  return names
}
