#include "app/receipt_commands.h"

#include <fstream>

#include "app/command_answers.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

namespace {

// Of the payment, or of the refund, that is named.
Result<Receipts::Paper> PaperOf(const CommandParts& parts, Receipts& receipts,
                                const CommandContext& command) {
    db::Database& database = parts.desk.ports().database;
    const auto t = parts.words.Of(command.tenant.id, "payments");
    if (!command.Has("refund")) {
        const auto payment = PaymentNamed(parts, command);
        if (!payment) return NotFound("error.not_found");
        return receipts.Of(command.tenant, *t, *payment);
    }
    const auto id = RefundId::Parse(command.Get("refund"));
    const auto refund =
        id ? RefundRepository::Find(database, command.tenant.id, *id) : std::nullopt;
    if (!refund) return NotFound("error.not_found");
    const auto payment = PaymentRepository::Find(database, command.tenant.id, refund->payment);
    return receipts.Of(command.tenant, *t, *refund, *payment);
}

int WriteReceipt(const CommandParts& parts, Receipts& receipts, const CommandContext& command) {
    if (command.Has("payment") == command.Has("refund"))
        return Say(command, "--payment pay_… or --refund ref_…: one of them", kUsage);
    const auto paper = PaperOf(parts, receipts, command);
    if (!paper && paper.error().code == ErrorCode::kNotFound)
        return Say(command, "There is no receipt of it.", 1);
    if (!paper) return Say(command, "It cannot be printed now; try again later.", 1);
    const std::string file = command.Has("file") ? command.Get("file") : paper->number + ".pdf";
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(paper->pdf.data(), static_cast<std::streamsize>(paper->pdf.size()));
    out.close();
    if (!out) return Say(command, file + " cannot be written.", 1);
    return Say(command, file, 0);
}

}  // namespace

std::vector<Command> ReceiptCommands(const CommandParts& parts, Receipts& receipts) {
    return {{"payment-receipt",
             "Write the receipt of a payment or a refund to a file, as PDF",
             "livery payment-receipt --tenant harbor --payment pay_… --file receipt.pdf",
             {{"payment", "pay_…: of this one", false, false},
              {"refund", "ref_…: of what went back", false, false},
              {"file", "Where to; without: its number, in this folder", false, false}},
             [parts, &receipts](const CommandContext& command) {
                 return WriteReceipt(parts, receipts, command);
             }}};
}

}  // namespace livery::payments
