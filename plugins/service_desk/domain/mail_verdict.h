#pragma once

#include <chrono>
#include <cstddef>
#include <string_view>

#include "domain/incoming_mail.h"

namespace livery::service_desk {

inline constexpr std::chrono::hours kSenderWindow{1};
inline constexpr int kMostOfOneSender = 20;

// What is to be done with a mail, before anybody asks whom it is from.
enum class MailVerdict : std::uint8_t {
    kTake,
    kDrop,    // a program wrote it, or we did: whoever answers it begins a loop
    kBounce,  // too large: its sender is told, once
};
struct JudgedMail {
    MailVerdict verdict = MailVerdict::kTake;
    std::string_view reason;  // for the operator: "automatic", "bulk", "list", …
    bool operator==(const JudgedMail&) const = default;
};

struct MailFacts {
    std::size_t size = 0;
    std::size_t most_bytes = 0;
    std::string_view our_address;  // where mails to this desk go
    int of_sender_lately = 0;      // mails before this one, within kSenderWindow
};
JudgedMail Judge(const IncomingMail& mail, const MailFacts& facts);

// The Message-IDs that this desk gives: by their end a letter of ours is known when it comes back.
std::string OwnMailId(std::string_view unique, std::string_view our_address);
bool IsOwnMailId(std::string_view message_id, std::string_view our_address);

}  // namespace livery::service_desk
