// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A moment in whole seconds since 1970-01-01T00:00:00Z. In JSON records the same moment is text.
type Timestamp is uint64;

using {isAfter as >, isBefore as <} for Timestamp global;
using {plusDays} for Timestamp global;

function isAfter(Timestamp a, Timestamp b) pure returns (bool) {
    return Timestamp.unwrap(a) > Timestamp.unwrap(b);
}

function isBefore(Timestamp a, Timestamp b) pure returns (bool) {
    return Timestamp.unwrap(a) < Timestamp.unwrap(b);
}

/// @notice The moment `count` days of 86,400 seconds later: 65,535 days are 179 years.
function plusDays(Timestamp from, uint16 count) pure returns (Timestamp) {
    return Timestamp.wrap(Timestamp.unwrap(from) + uint64(count) * 1 days);
}

/// @notice The current block's time.
function blockTime() view returns (Timestamp) {
    return Timestamp.wrap(uint64(block.timestamp));
}
