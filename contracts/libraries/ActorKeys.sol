// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IIdentityRegistry} from "../interfaces/IIdentityRegistry.sol";
import {Timestamp, blockTime} from "../types/Timestamp.sol";

/// @title Ed25519 keys and whom they speak for. A key serves one actor, once.
library ActorKeys {
    /// @param idHash keccak of the actor's id; zero: never bound.
    /// @param wallet Who may revoke it: the human's wallet, or that of the machine's operator.
    struct Entry {
        bytes32 idHash;
        address wallet;
        Timestamp notAfter;
        bool revoked;
    }

    struct Context {
        mapping(bytes32 key => Entry) entries;
    }

    /// @notice Binds a key to an actor.
    ///
    /// Reverts with: KeyMissing, KeyUsedBefore, NotAfterOutOfRange.
    function bind(
        Context storage self,
        bytes32 key,
        bytes32 idHash,
        address wallet,
        Timestamp notAfter,
        uint256 maxDays
    ) internal {
        require(key != 0, IIdentityRegistry.KeyMissing());
        require(self.entries[key].idHash == 0, IIdentityRegistry.KeyUsedBefore(key));
        Timestamp latest = blockTime().plusDays(maxDays);
        require(
            notAfter > blockTime() && !(notAfter > latest),
            IIdentityRegistry.NotAfterOutOfRange(notAfter, blockTime(), latest)
        );
        self.entries[key] = Entry(idHash, wallet, notAfter, false);
    }

    /// @notice Revokes a key for ever and says whose it was.
    ///
    /// Reverts with: NotYourKey.
    function revoke(Context storage self, bytes32 key, address caller) internal returns (bytes32 idHash) {
        Entry storage entry = self.entries[key];
        require(entry.wallet == caller && !entry.revoked, IIdentityRegistry.NotYourKey(key, caller));
        entry.revoked = true;
        return entry.idHash;
    }
}
