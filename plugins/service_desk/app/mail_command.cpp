#include "app/mail_command.h"

#include <array>
#include <iostream>

namespace livery::service_desk {

namespace {

// What mail servers know (sysexits.h).
constexpr int kTaken = 0;
constexpr int kUsage = 64;
constexpr int kMalformed = 65;
constexpr int kTryLater = 75;

// All of it, or of one that is too large its begin, in which its head is.
struct Input {
    std::string bytes;
    std::size_t size = 0;
};
Input ReadInput(std::size_t most_bytes) {
    Input input;
    std::array<char, 1 << 16> piece{};
    while (std::cin.read(piece.data(), piece.size()) || std::cin.gcount() > 0) {
        const auto count = static_cast<std::size_t>(std::cin.gcount());
        if (input.size <= most_bytes) input.bytes.append(piece.data(), count);
        input.size += count;
    }
    return input;
}

std::string_view WordsOf(MailIn::Outcome outcome) {
    switch (outcome) {
        case MailIn::Outcome::kReplied:
            return "It is in its ticket.";
        case MailIn::Outcome::kOpened:
            return "It is a new ticket.";
        case MailIn::Outcome::kRepeated:
            return "It was here already.";
        case MailIn::Outcome::kDropped:
            return "It was dropped; the log says why.";
        case MailIn::Outcome::kBounced:
            return "It is too large; its sender is told.";
        case MailIn::Outcome::kRefused:
            return "Its ticket is closed; its sender is told.";
        case MailIn::Outcome::kTooMany:
            return "Too many of this sender within an hour; try again later.";
        case MailIn::Outcome::kMalformed:
            return "It is no mail of anybody.";
    }
    return "";
}

int Run(const MailIn& mails, const CommandContext& command) {
    const auto& desk = Tickets::DeskOf(command.tenant).mail;
    if (!desk) {
        command.progress(
            "The desk of this tenant takes no mails; write `mail: {address: …}` into "
            "its service_desk.yaml.");
        return kUsage;
    }
    const Input input = ReadInput(desk->most_bytes);
    try {
        const auto outcome = mails.Take(command.tenant, {input.bytes, input.size}, command.now);
        command.progress(std::string(WordsOf(outcome)));
        if (outcome == MailIn::Outcome::kTooMany) return kTryLater;
        return outcome == MailIn::Outcome::kMalformed ? kMalformed : kTaken;
    } catch (const std::exception& failure) {
        // Kept by the mail server either way: what is not passing is seen in its queue.
        command.progress(failure.what());
        return kTryLater;
    }
}

}  // namespace

Command MailInCommand(const MailIn& mails) {
    return {"mail-in",
            "Take one mail from standard input, for a mail server's pipe",
            "livery mail-in --tenant harbor --quiet < message.eml",
            {},
            [&mails](const CommandContext& context) { return Run(mails, context); }};
}

}  // namespace livery::service_desk
