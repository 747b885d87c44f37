// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Timestamp, blockTime} from "../types/Timestamp.sol";

/// @title Ed25519 keys and the actors they speak for. A key serves an actor once.
library ActorKeys {
    /// @param notAfter The last second in which the key counts; zero: never bound.
    struct Entry {
        Timestamp notAfter;
        bool revoked;
    }

    struct Context {
        mapping(bytes32 idHash => mapping(bytes32 key => Entry)) entries;
    }

    /// @notice Binds a key to an actor.
    ///
    /// Reverts with: KeyMissing, KeyUsedBefore, NotAfterOutOfRange.
    function bind(Context storage self, bytes32 idHash, bytes32 key, Timestamp notAfter, uint16 maxDays) internal {
        Entry storage entry = self.entries[idHash][key];
        require(key != 0, IIdentityRegistry.KeyMissing());
        require(!isBound(entry), IIdentityRegistry.KeyUsedBefore(key));
        Timestamp latest = blockTime().plusDays(maxDays);
        require(
            notAfter > blockTime() && !(notAfter > latest),
            IIdentityRegistry.NotAfterOutOfRange(notAfter, blockTime(), latest)
        );
        entry.notAfter = notAfter;
    }

    /// @notice Revokes an actor's key for ever.
    ///
    /// Reverts with: NoKeyToRevoke.
    function revoke(Context storage self, bytes32 idHash, bytes32 key) internal {
        Entry storage entry = self.entries[idHash][key];
        require(isBound(entry) && !entry.revoked, IIdentityRegistry.NoKeyToRevoke(key));
        entry.revoked = true;
    }

    /// @notice Whether a key was ever bound. A bound key's end lies after the block that bound it, so it is not zero.
    function isBound(Entry storage entry) internal view returns (bool) {
        return Timestamp.unwrap(entry.notAfter) != 0;
    }
}
