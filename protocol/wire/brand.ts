/**
 * Names for primitive types that must not be mixed: an actor id is a string, a string is not an actor id.
 *
 * A brand exists for the compiler alone. The only cast to a brand stands in the module that parses it.
 */
declare const brand: unique symbol

export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
