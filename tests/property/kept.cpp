#include "kept.h"

#include <fmt/format.h>

namespace livery::property {

using billing::JournalEntry;
using billing::Posting;
using golden::MemoryState;
using invoices::AccountBook;
using invoices::Document;

namespace {

std::string DifferenceOf(const Document& stored, const Document& remembered) {
    const std::string name = remembered.number.empty() ? "a draft" : remembered.number;
    if (stored.lines.size() != remembered.lines.size())
        return fmt::format("{}: {} lines are stored of {}", name, stored.lines.size(),
                           remembered.lines.size());
    for (std::size_t i = 0; i < stored.lines.size(); ++i) {
        if (stored.lines[i] != remembered.lines[i])
            return fmt::format("{}: line {} is stored otherwise", name, i + 1);
    }
    if (stored != remembered)
        return fmt::format("{}: stored as {} {}, status {}, balance {}; in memory {} {}, {}, {}",
                           name, stored.number, ToIso(stored.issued_at), ToString(stored.status),
                           stored.Balance().ToDecimal(), remembered.number,
                           ToIso(remembered.issued_at), ToString(remembered.status),
                           remembered.Balance().ToDecimal());
    return "";
}

std::string DifferenceOf(const AccountBook& stored, const AccountBook& remembered) {
    const auto& documents = remembered.documents();
    if (stored.documents().size() != documents.size())
        return fmt::format("{} documents are stored of {}", stored.documents().size(),
                           documents.size());
    for (std::size_t i = 0; i < documents.size(); ++i) {
        std::string difference = DifferenceOf(stored.documents()[i], documents[i]);
        if (!difference.empty()) return difference;
    }
    if (stored.payments() != remembered.payments()) return "payments are stored otherwise";
    if (stored.redemptions() != remembered.redemptions()) return "coupons are stored otherwise";
    if (stored.credit() != remembered.credit()) return "credit is stored otherwise";
    if (stored.settled() != remembered.settled()) return "what is settled is stored otherwise";
    return "";
}

std::string TextOf(const JournalEntry& entry) {
    std::string text = fmt::format("{} {} {}", entry.fact, ToIso(entry.at),
                                   entry.document ? entry.document->ToString() : "-");
    for (const Posting& posting : entry.postings)
        text += fmt::format(" / {} {} {} {}", ToString(posting.account),
                            posting.customer ? posting.customer->ToString() : "-",
                            posting.amount.ToDecimal(), posting.amount.currency().code());
    return text;
}

std::string DifferenceOf(const std::vector<JournalEntry>& stored,
                         const std::vector<JournalEntry>& remembered) {
    for (std::size_t i = 0; i < std::max(stored.size(), remembered.size()); ++i) {
        const std::string left = i < stored.size() ? TextOf(stored[i]) : "nothing";
        const std::string right = i < remembered.size() ? TextOf(remembered[i]) : "nothing";
        if (left != right)
            return fmt::format("entry {} is stored as {}, in memory {}", i + 1, left, right);
    }
    return "";
}

}  // namespace

std::string DifferenceOf(const MemoryState& stored, const MemoryState& remembered) {
    for (const auto& [account, book] : stored.books) {
        const auto found = remembered.books.find(account);
        std::string difference = DifferenceOf(
            book, found == remembered.books.end() ? AccountBook(account) : found->second);
        if (!difference.empty()) return difference;
    }
    if (stored.books.size() < remembered.books.size()) return "a book is not stored";
    if (stored.agreements != remembered.agreements) return "agreements are stored otherwise";
    return DifferenceOf(stored.journal, remembered.journal);
}

}  // namespace livery::property
