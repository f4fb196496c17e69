#include "app/document_export.h"

#include <array>
#include <memory>

#include <zip.h>

#include <livery/check.h>

#include "app/document_json.h"

namespace livery::invoices {

namespace {

// What begins a formula (OWASP, "CSV injection").
bool LooksLikeFormula(const std::string& text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
}

std::string Quoted(const std::string& text) {
    std::string quoted = LooksLikeFormula(text) ? "\"'" : "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string DayText(CivilTime time) { return ToIso(DayOf(time)); }

void AddRow(const Document& document, const Line& line, Date today, std::string& csv) {
    const bool covers = !line.covers.IsEmpty();
    const std::array cells{Quoted(document.number),
                           std::string(ToString(document.kind)),
                           DayText(document.issued_at),
                           ToIso(document.due_on),
                           std::string(document.currency.code()),
                           std::string(ToString(line.kind)),
                           Quoted(line.text),
                           Quoted(line.plan),
                           Quoted(line.site),
                           covers ? DayText(line.covers.from) : "",
                           covers ? DayText(line.covers.to - std::chrono::seconds(1)) : "",
                           line.quantity.ToString(),
                           line.unit_price.ToString(),
                           line.discount.ToDecimal(),
                           line.net.ToDecimal(),
                           line.Tax().ToDecimal(),
                           line.Total().ToDecimal(),
                           std::string(document.State(today))};
    for (std::size_t i = 0; i < cells.size(); ++i) csv += (i == 0 ? "" : ",") + cells[i];
    csv += "\r\n";
}

}  // namespace

std::string CsvOf(const std::vector<Document>& documents, Date today) {
    std::string csv =
        "\xEF\xBB\xBFnumber,document,date,due,currency,line,text,plan,site,from,to,quantity,"
        "unit_price,discount,net,tax,total,status\r\n";
    for (const Document& document : documents) {
        for (const Line& line : document.lines) AddRow(document, line, today, csv);
    }
    return csv;
}

std::string JsonListOf(const std::vector<Document>& documents, Date today) {
    auto list = nlohmann::ordered_json::array();
    for (const Document& document : documents) list.push_back(JsonOf(document, today));
    return nlohmann::ordered_json{{"documents", std::move(list)}}.dump(2);
}

std::string ZipOf(const std::vector<ArchivedFile>& files) {
    zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, nullptr);
    LIVERY_CHECK(memory != nullptr, "no memory for an archive");
    zip_source_keep(memory);
    const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> kept(memory, zip_source_free);
    zip_t* archive = zip_open_from_source(memory, ZIP_TRUNCATE, nullptr);
    LIVERY_CHECK(archive != nullptr, "no archive");
    for (const ArchivedFile& file : files) {
        zip_source_t* bytes = zip_source_buffer(archive, file.bytes.data(), file.bytes.size(), 0);
        const auto index = zip_file_add(archive, file.name.c_str(), bytes, ZIP_FL_ENC_UTF_8);
        LIVERY_CHECK(index >= 0, "a file that does not go into an archive");
        // A fixed time (1 January 1980, noon): the same files give the same bytes.
        zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 12U << 11U, 33, 0);
    }
    LIVERY_CHECK(zip_close(archive) == 0, "the archive cannot be written");
    LIVERY_CHECK(zip_source_open(memory) == 0, "the archive cannot be read");
    zip_source_seek(memory, 0, SEEK_END);
    std::string out(static_cast<std::size_t>(zip_source_tell(memory)), '\0');
    zip_source_seek(memory, 0, SEEK_SET);
    zip_source_read(memory, out.data(), out.size());
    zip_source_close(memory);
    return out;
}

}  // namespace livery::invoices
