-- One sliding window, and the line before it, in the words of dev.caravan.limit.Window. Microseconds of Redis' own clock.
-- KEYS: tokens given, by time; those who wait, by when they were told to come back.
-- ARGV: max, per, token, waiter ('' for none), grace. Answers 0 when the token is given, else the time to wait.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local max, per, grace = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[5])
local token, waiter = ARGV[3], ARGV[4]
local function number(value) return string.format('%.0f', value) end

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', number(now - per))
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', number(now - grace))
local mine = waiter ~= '' and redis.call('ZSCORE', KEYS[2], waiter)
mine = mine and tonumber(mine)
redis.call('ZREM', KEYS[2], waiter)
local my_turn = mine and mine <= now
local before = redis.call('ZCOUNT', KEYS[2], '-inf', number(my_turn and mine - 1 or now))
local given = redis.call('ZCARD', KEYS[1])
if given + before < max then
  redis.call('ZADD', KEYS[1], number(now), token)
  redis.call('PEXPIRE', KEYS[1], number(math.ceil(per / 1000) + 1000))
  return 0
end
local place = redis.call('ZCOUNT', KEYS[2], '-inf', mine and not my_turn and number(mine) or '+inf')
local free = max - given
local index = place % max
local turn = now
if index >= free then
  turn = tonumber(redis.call('ZRANGE', KEYS[1], index - free, index - free, 'WITHSCORES')[2]) + per
end
turn = math.max(turn + math.floor(place / max) * per, now + 1000)
if waiter ~= '' then
  redis.call('ZADD', KEYS[2], number(turn), waiter)
  local last = tonumber(redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2])
  redis.call('PEXPIRE', KEYS[2], number(math.ceil((last - now + grace) / 1000)))
end
return turn - now
