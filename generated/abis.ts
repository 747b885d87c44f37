// Written by the build of the contracts (scripts/hardhat/abis-hook.ts). Do not edit: run "npm run build".

export const bls12381Abi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "precompile",
        "type": "address"
      }
    ],
    "name": "PrecompileFailed",
    "type": "error"
  }
] as const

export const commitmentLogAbi = [
  {
    "inputs": [
      {
        "internalType": "contract ICommitteeRegistry",
        "name": "committee_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bitmap",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "members",
        "type": "uint256"
      }
    ],
    "name": "BitOutOfRange",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "CertificateInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Timestamp",
        "name": "given",
        "type": "uint64"
      },
      {
        "internalType": "Timestamp",
        "name": "previous",
        "type": "uint64"
      }
    ],
    "name": "EndNotLater",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Timestamp",
        "name": "given",
        "type": "uint64"
      }
    ],
    "name": "EndNotWholeMinute",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Timestamp",
        "name": "given",
        "type": "uint64"
      }
    ],
    "name": "EndOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "epoch",
        "type": "uint64"
      },
      {
        "internalType": "bytes32",
        "name": "committed",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "given",
        "type": "bytes32"
      }
    ],
    "name": "EpochAlreadyCommitted",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "given",
        "type": "uint64"
      },
      {
        "internalType": "uint64",
        "name": "expected",
        "type": "uint64"
      }
    ],
    "name": "EpochOutOfOrder",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      }
    ],
    "name": "KeyAbsent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      },
      {
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      }
    ],
    "name": "KeyExpired",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      }
    ],
    "name": "KeyRevokedBefore",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "given",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "PointLength",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "PointMalformed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "given",
        "type": "bytes32"
      },
      {
        "internalType": "bytes32",
        "name": "expected",
        "type": "bytes32"
      }
    ],
    "name": "PreviousHashMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "given",
        "type": "uint64"
      }
    ],
    "name": "RoundOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "signers",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "threshold",
        "type": "uint256"
      }
    ],
    "name": "SignersBelowThreshold",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint64",
        "name": "epoch",
        "type": "uint64"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "commitmentHash",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "previousCommitmentHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "missionEventRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "trustDeltaRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "governanceBallotRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "reviewDecisionRoot",
            "type": "bytes32"
          },
          {
            "internalType": "uint64",
            "name": "publicBeaconRound",
            "type": "uint64"
          },
          {
            "internalType": "bytes32",
            "name": "chamberNonce",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "endsAt",
            "type": "uint64"
          }
        ],
        "indexed": false,
        "internalType": "struct CommitmentRecord",
        "name": "record",
        "type": "tuple"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "bitmap",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "EpochCommitted",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "PURPOSE",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "previousCommitmentHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "missionEventRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "trustDeltaRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "governanceBallotRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "reviewDecisionRoot",
            "type": "bytes32"
          },
          {
            "internalType": "uint64",
            "name": "publicBeaconRound",
            "type": "uint64"
          },
          {
            "internalType": "bytes32",
            "name": "chamberNonce",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "endsAt",
            "type": "uint64"
          }
        ],
        "internalType": "struct CommitmentRecord",
        "name": "record",
        "type": "tuple"
      }
    ],
    "name": "canonicalRecord",
    "outputs": [
      {
        "internalType": "string",
        "name": "json",
        "type": "string"
      },
      {
        "internalType": "bytes32",
        "name": "hash",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "epoch",
        "type": "uint64"
      }
    ],
    "name": "commitmentOf",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "committee",
    "outputs": [
      {
        "internalType": "contract ICommitteeRegistry",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "epochCount",
    "outputs": [
      {
        "internalType": "uint64",
        "name": "",
        "type": "uint64"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "head",
    "outputs": [
      {
        "internalType": "uint64",
        "name": "epochs",
        "type": "uint64"
      },
      {
        "internalType": "bytes32",
        "name": "commitmentHash",
        "type": "bytes32"
      },
      {
        "internalType": "Timestamp",
        "name": "endsAt",
        "type": "uint64"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint64",
        "name": "epoch",
        "type": "uint64"
      },
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "previousCommitmentHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "missionEventRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "trustDeltaRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "governanceBallotRoot",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "reviewDecisionRoot",
            "type": "bytes32"
          },
          {
            "internalType": "uint64",
            "name": "publicBeaconRound",
            "type": "uint64"
          },
          {
            "internalType": "bytes32",
            "name": "chamberNonce",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "endsAt",
            "type": "uint64"
          }
        ],
        "internalType": "struct CommitmentRecord",
        "name": "record",
        "type": "tuple"
      },
      {
        "internalType": "uint256",
        "name": "bitmap",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "publish",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const

export const committeeRegistryAbi = [
  {
    "inputs": [
      {
        "internalType": "address[15]",
        "name": "members_",
        "type": "address[15]"
      },
      {
        "internalType": "uint256",
        "name": "threshold_",
        "type": "uint256"
      },
      {
        "internalType": "uint16",
        "name": "maxKeyDays_",
        "type": "uint16"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "bitmap",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "members",
        "type": "uint256"
      }
    ],
    "name": "BitOutOfRange",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "CertificateInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      }
    ],
    "name": "KeyAbsent",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      },
      {
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      }
    ],
    "name": "KeyExpired",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "KeyIsNeutral",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      }
    ],
    "name": "KeyRevokedBefore",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "keyHash",
        "type": "bytes32"
      }
    ],
    "name": "KeyUsedBefore",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "member",
        "type": "address"
      }
    ],
    "name": "MemberListedTwice",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      }
    ],
    "name": "MemberMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      }
    ],
    "name": "NoKeyToRevoke",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "NotAMember",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Timestamp",
        "name": "given",
        "type": "uint64"
      },
      {
        "internalType": "Timestamp",
        "name": "present",
        "type": "uint64"
      },
      {
        "internalType": "Timestamp",
        "name": "latest",
        "type": "uint64"
      }
    ],
    "name": "NotAfterOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "given",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "expected",
        "type": "uint256"
      }
    ],
    "name": "PointLength",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "PointMalformed",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "PossessionInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "precompile",
        "type": "address"
      }
    ],
    "name": "PrecompileFailed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "signers",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "threshold",
        "type": "uint256"
      }
    ],
    "name": "SignersBelowThreshold",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "given",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "least",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "most",
        "type": "uint256"
      }
    ],
    "name": "ThresholdOutOfRange",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "keyHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "key",
        "type": "bytes"
      },
      {
        "indexed": false,
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      }
    ],
    "name": "KeyRegistered",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "keyHash",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "key",
        "type": "bytes"
      }
    ],
    "name": "KeyRevoked",
    "type": "event"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "purpose",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "consumer",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "subject",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "sequence",
        "type": "uint256"
      }
    ],
    "name": "certificateDigest",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "committeeId",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "member",
        "type": "uint256"
      }
    ],
    "name": "keyOf",
    "outputs": [
      {
        "internalType": "bytes",
        "name": "key",
        "type": "bytes"
      },
      {
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      },
      {
        "internalType": "bool",
        "name": "revoked",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "maxKeyDays",
    "outputs": [
      {
        "internalType": "uint16",
        "name": "",
        "type": "uint16"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "members",
    "outputs": [
      {
        "internalType": "address[15]",
        "name": "",
        "type": "address[15]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "member",
        "type": "address"
      },
      {
        "internalType": "bytes",
        "name": "key",
        "type": "bytes"
      }
    ],
    "name": "possessionDigest",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes",
        "name": "key",
        "type": "bytes"
      },
      {
        "internalType": "bytes",
        "name": "possession",
        "type": "bytes"
      },
      {
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      }
    ],
    "name": "registerKey",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "revokeKey",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "threshold",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "validKeys",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "purpose",
        "type": "bytes32"
      },
      {
        "internalType": "address",
        "name": "consumer",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "subject",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "sequence",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "bitmap",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "verifyCertificate",
    "outputs": [],
    "stateMutability": "view",
    "type": "function"
  }
] as const

export const finalGateAbi = [
  {
    "inputs": [],
    "name": "AcknowledgementMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "missionDigest",
        "type": "bytes32"
      },
      {
        "internalType": "uint64",
        "name": "attempt",
        "type": "uint64"
      },
      {
        "internalType": "address",
        "name": "approver",
        "type": "address"
      },
      {
        "internalType": "enum Decision",
        "name": "decision",
        "type": "uint8"
      }
    ],
    "name": "AlreadyDecided",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "item",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "left",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "required",
        "type": "uint256"
      }
    ],
    "name": "BatchGasTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "approvals",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "signatures",
        "type": "uint256"
      }
    ],
    "name": "BatchLengthMismatch",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Timestamp",
        "name": "deadline",
        "type": "uint64"
      },
      {
        "internalType": "Timestamp",
        "name": "present",
        "type": "uint64"
      }
    ],
    "name": "DeadlinePassed",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "DecisionMissing",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "InvalidShortString",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "str",
        "type": "string"
      }
    ],
    "name": "StringTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      }
    ],
    "name": "UndeployedWalletUnsupported",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      }
    ],
    "name": "WalletSignatureInvalid",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "missionDigest",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "uint64",
        "name": "attempt",
        "type": "uint64"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "approver",
        "type": "address"
      },
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "missionDigest",
            "type": "bytes32"
          },
          {
            "internalType": "uint64",
            "name": "attempt",
            "type": "uint64"
          },
          {
            "internalType": "address",
            "name": "approver",
            "type": "address"
          },
          {
            "internalType": "enum Decision",
            "name": "decision",
            "type": "uint8"
          },
          {
            "internalType": "bytes32",
            "name": "reasonHash",
            "type": "bytes32"
          },
          {
            "internalType": "bool",
            "name": "iUnderstandIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iCommitIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iAcceptItsConsequences",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "attentionHash",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "indexed": false,
        "internalType": "struct Approval",
        "name": "approval",
        "type": "tuple"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "byContract",
        "type": "bool"
      }
    ],
    "name": "Decided",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [],
    "name": "EIP712DomainChanged",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "uint256",
        "name": "item",
        "type": "uint256"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "missionDigest",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "approver",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "reason",
        "type": "bytes"
      }
    ],
    "name": "ItemRefused",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "ITEM_GAS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "missionDigest",
            "type": "bytes32"
          },
          {
            "internalType": "uint64",
            "name": "attempt",
            "type": "uint64"
          },
          {
            "internalType": "address",
            "name": "approver",
            "type": "address"
          },
          {
            "internalType": "enum Decision",
            "name": "decision",
            "type": "uint8"
          },
          {
            "internalType": "bytes32",
            "name": "reasonHash",
            "type": "bytes32"
          },
          {
            "internalType": "bool",
            "name": "iUnderstandIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iCommitIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iAcceptItsConsequences",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "attentionHash",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Approval",
        "name": "approval",
        "type": "tuple"
      }
    ],
    "name": "approvalDigest",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "missionDigest",
            "type": "bytes32"
          },
          {
            "internalType": "uint64",
            "name": "attempt",
            "type": "uint64"
          },
          {
            "internalType": "address",
            "name": "approver",
            "type": "address"
          },
          {
            "internalType": "enum Decision",
            "name": "decision",
            "type": "uint8"
          },
          {
            "internalType": "bytes32",
            "name": "reasonHash",
            "type": "bytes32"
          },
          {
            "internalType": "bool",
            "name": "iUnderstandIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iCommitIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iAcceptItsConsequences",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "attentionHash",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Approval",
        "name": "approval",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "decide",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes32",
            "name": "missionDigest",
            "type": "bytes32"
          },
          {
            "internalType": "uint64",
            "name": "attempt",
            "type": "uint64"
          },
          {
            "internalType": "address",
            "name": "approver",
            "type": "address"
          },
          {
            "internalType": "enum Decision",
            "name": "decision",
            "type": "uint8"
          },
          {
            "internalType": "bytes32",
            "name": "reasonHash",
            "type": "bytes32"
          },
          {
            "internalType": "bool",
            "name": "iUnderstandIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iCommitIt",
            "type": "bool"
          },
          {
            "internalType": "bool",
            "name": "iAcceptItsConsequences",
            "type": "bool"
          },
          {
            "internalType": "bytes32",
            "name": "textHash",
            "type": "bytes32"
          },
          {
            "internalType": "bytes32",
            "name": "attentionHash",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "deadline",
            "type": "uint64"
          }
        ],
        "internalType": "struct Approval[]",
        "name": "approvals",
        "type": "tuple[]"
      },
      {
        "internalType": "bytes[]",
        "name": "signatures",
        "type": "bytes[]"
      }
    ],
    "name": "decideMany",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "missionDigest",
        "type": "bytes32"
      },
      {
        "internalType": "uint64",
        "name": "attempt",
        "type": "uint64"
      },
      {
        "internalType": "address",
        "name": "approver",
        "type": "address"
      }
    ],
    "name": "decisionOf",
    "outputs": [
      {
        "internalType": "enum Decision",
        "name": "",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "eip712Domain",
    "outputs": [
      {
        "internalType": "bytes1",
        "name": "fields",
        "type": "bytes1"
      },
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "version",
        "type": "string"
      },
      {
        "internalType": "uint256",
        "name": "chainId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "verifyingContract",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
      },
      {
        "internalType": "uint256[]",
        "name": "extensions",
        "type": "uint256[]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  }
] as const

export const identityRegistryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "founder_",
        "type": "address"
      },
      {
        "internalType": "uint16",
        "name": "founderDays",
        "type": "uint16"
      },
      {
        "internalType": "uint16",
        "name": "maxKeyDays_",
        "type": "uint16"
      },
      {
        "internalType": "contract IPhaseController",
        "name": "phaseController_",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "FounderMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Timestamp",
        "name": "founderUntil",
        "type": "uint64"
      }
    ],
    "name": "FounderPowerEnded",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "id",
        "type": "string"
      }
    ],
    "name": "HumanUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "id",
        "type": "string"
      }
    ],
    "name": "IdTaken",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "given",
        "type": "string"
      }
    ],
    "name": "IdentifierMalformed",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "InvalidShortString",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "KeyMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      }
    ],
    "name": "KeyUsedBefore",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "given",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "limit",
        "type": "uint256"
      }
    ],
    "name": "LineageTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "id",
        "type": "string"
      }
    ],
    "name": "MachineUnknown",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "given",
        "type": "string"
      }
    ],
    "name": "ModelFamilyMalformed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      }
    ],
    "name": "NoKeyToRevoke",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "Timestamp",
        "name": "given",
        "type": "uint64"
      },
      {
        "internalType": "Timestamp",
        "name": "present",
        "type": "uint64"
      },
      {
        "internalType": "Timestamp",
        "name": "latest",
        "type": "uint64"
      }
    ],
    "name": "NotAfterOutOfRange",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "NotTheFounder",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "actor",
        "type": "string"
      },
      {
        "internalType": "address",
        "name": "caller",
        "type": "address"
      }
    ],
    "name": "NotYourActor",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "given",
        "type": "string"
      }
    ],
    "name": "OrganizationMalformed",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "str",
        "type": "string"
      }
    ],
    "name": "StringTooLong",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      }
    ],
    "name": "UndeployedWalletUnsupported",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      }
    ],
    "name": "WalletSignatureInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      }
    ],
    "name": "WalletTaken",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      }
    ],
    "name": "WalletUnknown",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [],
    "name": "EIP712DomainChanged",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "idHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "id",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "enum Region",
        "name": "region",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "organization",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "humans",
        "type": "uint256"
      }
    ],
    "name": "HumanAttested",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "idHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "identity",
            "type": "string"
          },
          {
            "internalType": "bytes32",
            "name": "key",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "purpose",
            "type": "string"
          },
          {
            "internalType": "Timestamp",
            "name": "notAfter",
            "type": "uint64"
          }
        ],
        "indexed": false,
        "internalType": "struct KeyBinding",
        "name": "binding",
        "type": "tuple"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "byContract",
        "type": "bool"
      }
    ],
    "name": "KeyBound",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "idHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      }
    ],
    "name": "KeyRevoked",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "idHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "machine",
        "type": "string"
      },
      {
        "indexed": false,
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      }
    ],
    "name": "MachineKeyBound",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "idHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "string",
        "name": "operator",
        "type": "string"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "id",
            "type": "string"
          },
          {
            "internalType": "string",
            "name": "modelFamily",
            "type": "string"
          },
          {
            "internalType": "enum MethodType",
            "name": "methodType",
            "type": "uint8"
          },
          {
            "internalType": "string[]",
            "name": "lineage",
            "type": "string[]"
          },
          {
            "internalType": "bytes32",
            "name": "key",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "notAfter",
            "type": "uint64"
          }
        ],
        "indexed": false,
        "internalType": "struct Machine",
        "name": "machine",
        "type": "tuple"
      }
    ],
    "name": "MachineRegistered",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "MAX_LINEAGE",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      },
      {
        "internalType": "enum Region",
        "name": "region",
        "type": "uint8"
      },
      {
        "internalType": "string",
        "name": "organization",
        "type": "string"
      },
      {
        "components": [
          {
            "internalType": "string",
            "name": "identity",
            "type": "string"
          },
          {
            "internalType": "bytes32",
            "name": "key",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "purpose",
            "type": "string"
          },
          {
            "internalType": "Timestamp",
            "name": "notAfter",
            "type": "uint64"
          }
        ],
        "internalType": "struct KeyBinding",
        "name": "binding",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "attest",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "string",
            "name": "identity",
            "type": "string"
          },
          {
            "internalType": "bytes32",
            "name": "key",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "purpose",
            "type": "string"
          },
          {
            "internalType": "Timestamp",
            "name": "notAfter",
            "type": "uint64"
          }
        ],
        "internalType": "struct KeyBinding",
        "name": "binding",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "bindKey",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "machine",
        "type": "string"
      },
      {
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      },
      {
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      }
    ],
    "name": "bindMachineKey",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "eip712Domain",
    "outputs": [
      {
        "internalType": "bytes1",
        "name": "fields",
        "type": "bytes1"
      },
      {
        "internalType": "string",
        "name": "name",
        "type": "string"
      },
      {
        "internalType": "string",
        "name": "version",
        "type": "string"
      },
      {
        "internalType": "uint256",
        "name": "chainId",
        "type": "uint256"
      },
      {
        "internalType": "address",
        "name": "verifyingContract",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "salt",
        "type": "bytes32"
      },
      {
        "internalType": "uint256[]",
        "name": "extensions",
        "type": "uint256[]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "founder",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "founderUntil",
    "outputs": [
      {
        "internalType": "Timestamp",
        "name": "",
        "type": "uint64"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "humanCount",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "id",
        "type": "string"
      }
    ],
    "name": "humanOf",
    "outputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      },
      {
        "internalType": "enum Region",
        "name": "region",
        "type": "uint8"
      },
      {
        "internalType": "string",
        "name": "organization",
        "type": "string"
      },
      {
        "internalType": "Timestamp",
        "name": "attestedAt",
        "type": "uint64"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "wallet",
        "type": "address"
      }
    ],
    "name": "idOf",
    "outputs": [
      {
        "internalType": "string",
        "name": "",
        "type": "string"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "string",
            "name": "identity",
            "type": "string"
          },
          {
            "internalType": "bytes32",
            "name": "key",
            "type": "bytes32"
          },
          {
            "internalType": "string",
            "name": "purpose",
            "type": "string"
          },
          {
            "internalType": "Timestamp",
            "name": "notAfter",
            "type": "uint64"
          }
        ],
        "internalType": "struct KeyBinding",
        "name": "binding",
        "type": "tuple"
      }
    ],
    "name": "keyBindingDigest",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "actor",
        "type": "string"
      },
      {
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      }
    ],
    "name": "keyOf",
    "outputs": [
      {
        "internalType": "Timestamp",
        "name": "notAfter",
        "type": "uint64"
      },
      {
        "internalType": "bool",
        "name": "revoked",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "machineCount",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "maxKeyDays",
    "outputs": [
      {
        "internalType": "uint16",
        "name": "",
        "type": "uint16"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "machine",
        "type": "string"
      }
    ],
    "name": "operatorOf",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "phaseController",
    "outputs": [
      {
        "internalType": "contract IPhaseController",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "string",
            "name": "id",
            "type": "string"
          },
          {
            "internalType": "string",
            "name": "modelFamily",
            "type": "string"
          },
          {
            "internalType": "enum MethodType",
            "name": "methodType",
            "type": "uint8"
          },
          {
            "internalType": "string[]",
            "name": "lineage",
            "type": "string[]"
          },
          {
            "internalType": "bytes32",
            "name": "key",
            "type": "bytes32"
          },
          {
            "internalType": "Timestamp",
            "name": "notAfter",
            "type": "uint64"
          }
        ],
        "internalType": "struct Machine",
        "name": "machine",
        "type": "tuple"
      }
    ],
    "name": "registerMachine",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "actor",
        "type": "string"
      },
      {
        "internalType": "bytes32",
        "name": "key",
        "type": "bytes32"
      }
    ],
    "name": "revokeKey",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const
