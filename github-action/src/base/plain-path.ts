// SPDX-License-Identifier: Apache-2.0

const SIGNS = /^\/[A-Za-z0-9._~@+=,:/-]*$/;
/** Where a service could take a part of a path to end, so that none climbs. */
const ONLY_DOTS = /(^|[/:@+=,])\.+([/:@+=,]|$)/;
const TRAILING_DOT = /\.(\/|$)/;

/** Whether every program reads this path of a URL in the same way: nothing is to be decoded, collapsed or climbed in it. */
export function isPlainPath(path: string): boolean {
  return SIGNS.test(path) && !path.includes('//') && !ONLY_DOTS.test(path) && !TRAILING_DOT.test(path);
}

const NAME = /^[A-Za-z0-9._~-]+$/;
const VALUE = /^([A-Za-z0-9._~!$'()*,:@/?+=-]|%([2-6][0-9A-Fa-f]|7[0-9A-Ea-e]|[89A-Fa-f][0-9A-Fa-f]))*$/;

/** The same for a query without its question mark: plain names, each there once, and none that names another method. */
export function isPlainQuery(query: string): boolean {
  const parameters = query === '' ? [] : query.split('&').map((parameter) => split(parameter));
  const names = parameters.map(({ name }) => name);
  return (
    parameters.every(({ name, value }) => NAME.test(name) && VALUE.test(value)) &&
    new Set(names).size === names.length &&
    !names.some((name) => name.replaceAll('.', '_').toLowerCase() === '_method')
  );
}

function split(parameter: string): { readonly name: string; readonly value: string } {
  const at = parameter.indexOf('=');
  return at < 0
    ? { name: parameter, value: '' }
    : { name: parameter.slice(0, at), value: parameter.slice(at + 1) };
}
