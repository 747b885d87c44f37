/**
 * What a shape is at run time, a node of plain data, and what it is to the compiler, a type. Made by shape.ts.
 */
declare const shaped: unique symbol

/** `T` is known to the compiler alone; at run time a shape is its node. */
export type Shape<T = unknown> = Node & { readonly [shaped]?: T }

export type Infer<S> = S extends { readonly [shaped]?: infer T } ? T : never

export type Fields = { readonly [name: string]: Shape }

export type Node =
  | {
      readonly kind: 'string'
      readonly min: number
      readonly max: number
      readonly pattern: RegExp | undefined
      readonly visible: boolean
    }
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'json' }
  | { readonly kind: 'values'; readonly values: readonly Scalar[] }
  | {
      readonly kind: 'array'
      readonly item: Shape
      readonly min: number
      readonly max: number
      readonly distinct: boolean
    }
  | {
      readonly kind: 'record'
      readonly key: Shape<string>
      readonly item: Shape
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, Field>; readonly required: number }
  | { readonly kind: 'tagged'; readonly tag: string; readonly cases: ReadonlyMap<string, Shape> }
  | { readonly kind: 'nullable'; readonly inner: Shape }
  | {
      readonly kind: 'refined'
      readonly inner: Shape
      readonly code: string
      readonly accepts: (value: never) => boolean
    }

export type Field = { readonly shape: Shape; readonly optional: boolean }
export type Scalar = string | number | boolean | null

type Flat<T> = { [K in keyof T]: T[K] } & {}
export type ObjectOf<R extends Fields, O extends Fields> = Flat<
  { readonly [K in keyof R]: Infer<R[K]> } & { readonly [K in keyof O]?: Infer<O[K]> }
>
export type TaggedOf<Tag extends string, C extends Fields> = {
  [K in keyof C & string]: Flat<{ readonly [T in Tag]: K } & Infer<C[K]>>
}[keyof C & string]
