#include "domain/mail_verdict.h"

#include <algorithm>

namespace livery::service_desk {

namespace {

// Of a header's value: before its parameters and comments, in lower case.
std::string WordOf(std::string_view value) {
    const auto first = std::min(value.find_first_not_of(" \t"), value.size());
    value.remove_prefix(first);
    return FoldedAddress(value.substr(0, value.find_first_of(" \t;(,")));
}

bool IsBulk(const IncomingMail& mail) {
    const std::string word = WordOf(mail.precedence);
    return word == "bulk" || word == "list" || word == "junk" || word == "auto_reply";
}

std::string_view DomainOf(std::string_view address) {
    const auto at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

std::string_view LocalPartOf(std::string_view address) {
    return address.substr(0, address.rfind('@'));
}

// Our address, and each of it with something after a plus sign.
bool IsOurs(const std::string& address, const std::string& ours) {
    if (DomainOf(address) != DomainOf(ours)) return false;
    const std::string_view local = LocalPartOf(address);
    return local.substr(0, local.find('+')) == LocalPartOf(ours);
}

std::string_view ReasonToDrop(const IncomingMail& mail, const MailFacts& facts) {
    const std::string automatic = WordOf(mail.auto_submitted);
    if (!automatic.empty() && automatic != "no") return "automatic";
    const std::string suppress = WordOf(mail.auto_response_suppress);
    if (!suppress.empty() && suppress != "none") return "automatic";
    if (IsBulk(mail)) return "bulk";
    if (!mail.list_id.empty()) return "list";
    const std::string from = FoldedAddress(mail.from_address);
    if ((mail.return_path && mail.return_path->empty()) || LocalPartOf(from) == "mailer-daemon")
        return "bounce";
    if (IsOwnMailId(mail.message_id, facts.our_address)) return "own";
    if (IsOurs(from, FoldedAddress(facts.our_address))) return "own";
    if (facts.of_sender_lately >= kMostOfOneSender) return "too_many";
    return "";
}

}  // namespace

std::string FoldedAddress(std::string_view address) {
    std::string folded(address);
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return folded;
}

JudgedMail Judge(const IncomingMail& mail, const MailFacts& facts) {
    // First: a program is told nothing, however large what it sent.
    const std::string_view reason = ReasonToDrop(mail, facts);
    if (!reason.empty()) return {MailVerdict::kDrop, reason};
    if (facts.size > facts.most_bytes) return {MailVerdict::kBounce, "too_large"};
    return {};
}

namespace {
constexpr std::string_view kOwnMark = ".desk@";
}

std::string OwnMailId(std::string_view unique, std::string_view our_address) {
    return std::string(unique) + std::string(kOwnMark) + FoldedAddress(DomainOf(our_address));
}

bool IsOwnMailId(std::string_view message_id, std::string_view our_address) {
    return FoldedAddress(message_id).ends_with(OwnMailId("", our_address));
}

}  // namespace livery::service_desk
