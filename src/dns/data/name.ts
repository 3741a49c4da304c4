/**
 * Domain names.
 *
 * A `Name` is always absolute, lower-cased and in presentation form with one canonical spelling, so two names
 * are equal exactly when the strings are equal (RFC 4343: comparison ignores ASCII case; dnsdrill does not
 * preserve the case that was written). `.` is the root; every other name ends in a dot. Inside a label, a dot
 * and a backslash are escaped as `\.` and `\\`, other non-printing octets as `\DDD` (RFC 1035 §5.1).
 */
export type Name = string & { readonly __brand: 'Name' };

export const ROOT: Name = '.' as Name;
