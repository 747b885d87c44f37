// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Timestamp} from "../types/Timestamp.sol";

/// @title Why a certificate is refused, by the registry and so by every contract that asks it.
interface ICertificateRefusal {
    /// @notice An encoded point has the wrong length, in bytes.
    error PointLength(uint256 given, uint256 expected);

    /// @notice A point is not the canonical encoding of a point of its group: a coordinate is not below the field's
    /// order, or the point is not on the curve or outside the subgroup of prime order.
    error PointMalformed();

    /// @notice A bit of the bitmap names no member.
    error BitOutOfRange(uint256 bitmap, uint256 members);

    /// @notice Too few members signed.
    error SignersBelowThreshold(uint256 signers, uint256 threshold);

    /// @notice A signer has never registered a key.
    error KeyAbsent(uint256 member);

    /// @notice A signer's key has expired.
    error KeyExpired(uint256 member, Timestamp notAfter);

    /// @notice A signer's key was revoked.
    error KeyRevokedBefore(uint256 member);

    /// @notice The signature is not that of exactly these members over exactly this message.
    error CertificateInvalid();
}
