type FragmentsOf<Type> = Type extends { ' $fragmentRefs'?: infer Refs }
  ? Intersection<NonNullable<Refs>[keyof NonNullable<Refs>]>
  : unknown;

type Intersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (all: infer All) => void
  ? All
  : never;

/**
 * A generated result type as it looks on the wire: the fields of the fragments
 * are there, which the types hide from all but the component that declares
 * them.
 */
export type Unmasked<Type> = Type extends readonly (infer Item)[]
  ? Unmasked<Item>[]
  : Type extends object
    ? {
        [Key in Exclude<keyof Type, ' $fragmentRefs' | ' $fragmentName'>]: Unmasked<Type[Key]>;
      } & (unknown extends FragmentsOf<Type> ? unknown : Unmasked<FragmentsOf<Type>>)
    : Type;
