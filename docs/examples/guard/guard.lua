-- Asks taskbound guard --gateway haproxy about a request; haproxy.cfg acts by the variables that are set here.
-- Needs HAProxy 2.5 or newer.
local GUARD = "http://127.0.0.1:8765/check"

-- The guard's own timeout is ten seconds.
local TIMEOUT_MILLISECONDS = 12000

-- Those of this one connection, and those that are set below.
local LEFT_OUT = {
  ["host"] = true, ["connection"] = true, ["keep-alive"] = true, ["te"] = true, ["upgrade"] = true, ["expect"] = true,
  ["content-length"] = true, ["transfer-encoding"] = true, ["x-original-request"] = true, ["x-original-host"] = true,
}

-- What becomes a variable of the transaction.
local TOLD = {
  guard_www = "www-authenticate", guard_nonce = "dpop-nonce", guard_handle = "x-taskbound-handle",
  guard_task = "x-taskbound-task",
}

-- All values of each field, so that the guard sees a second one: HAProxy counts them from 0, its client from 1.
local function values_of(field)
  local values = {}
  for i = 0, #field do
    if field[i] ~= nil then values[#values + 1] = field[i] end
  end
  return values
end

core.register_action("taskbound_guard", { "http-req" }, function(txn)
  local received = txn.http:req_get_headers()
  local headers = {}
  for name, field in pairs(received) do
    if not LEFT_OUT[name] then headers[name] = values_of(field) end
  end
  headers["x-original-request"] = { txn.f:method() .. " " .. txn.f:url() .. " HTTP/1.1" }
  headers["x-original-host"] = received["host"] and values_of(received["host"]) or {}
  local answer = core.httpclient():get { url = GUARD, headers = headers, timeout = TIMEOUT_MILLISECONDS }
  txn:set_var("txn.guard_status", answer and answer.status or 0)
  for variable, name in pairs(TOLD) do
    local field = answer and answer.headers and answer.headers[name]
    if field then txn:set_var("txn." .. variable, field[0]) end
  end
end, 0)
