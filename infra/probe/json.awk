# SPDX-License-Identifier: Apache-2.0
# Flattens one JSON object (RFC 8259) to lines of path, kind and value between tabs: keys.0.kid, string, abc.
# Prints nothing and exits with 1 for all that is no JSON object: text around it, a name twice, depth over 16, control characters.
# Escapes stay as they are written, but for \/ \" and \\.
BEGIN { RS = "\001" }
{ text = text $0 }
END {
  good = NR == 1
  at = 1
  blank()
  good = good && next_is("{")
  value("", 1)
  blank()
  if (!good || at <= length(text)) exit 1
  printf "%s", out
}

function next_is(c) { return substr(text, at, 1) == c }

function blank() {
  while (at <= length(text) && index(" \t\r\n", substr(text, at, 1))) at++
}

function emit(path, kind, text) { out = out path "\t" kind "\t" text "\n" }

function bad() {
  good = 0
  at = length(text) + 2
}

function value(path, depth,    c) {
  blank()
  c = substr(text, at, 1)
  if (depth > 16) bad()
  else if (c == "{") object(path, depth)
  else if (c == "[") array(path, depth)
  else if (c == "\"") emit(path, "string", string())
  else if (match(substr(text, at, 5), /^(true|false)/)) emit(path, "boolean", taken())
  else if (match(substr(text, at, 4), /^null/)) emit(path, "null", taken())
  else if (match(substr(text, at, 40), /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/)) emit(path, "number", taken())
  else bad()
}

function taken(    piece) {
  piece = substr(text, at, RLENGTH)
  at += RLENGTH
  return piece
}

function string(    piece) {
  if (!match(substr(text, at), /^"([^"\\]|\\.)*"/)) {
    bad()
    return ""
  }
  piece = taken()
  if (piece ~ /[\001-\037]/) bad()
  piece = substr(piece, 2, length(piece) - 2)
  gsub(/\\\//, "/", piece)
  gsub(/\\"/, "\"", piece)
  gsub(/\\\\/, "\\", piece)
  return piece
}

function object(path, depth,    name, below) {
  emit(path, "object", "")
  at++
  blank()
  if (next_is("}")) { at++; return }
  while (good) {
    blank()
    name = string()
    below = (path == "" ? "" : path ".") name
    if ((path, name) in seen) bad()
    seen[path, name] = 1
    blank()
    if (!next_is(":")) bad()
    at++
    value(below, depth + 1)
    blank()
    if (next_is("}")) { at++; return }
    if (!next_is(",")) bad()
    at++
  }
}

function array(path, depth,    count) {
  at++
  blank()
  count = 0
  if (next_is("]")) { at++; emit(path, "array", 0); return }
  while (good) {
    value((path == "" ? "" : path ".") count++, depth + 1)
    blank()
    if (next_is("]")) { at++; emit(path, "array", count); return }
    if (!next_is(",")) bad()
    at++
  }
}
