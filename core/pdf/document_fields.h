#pragma once

#include <concepts>
#include <type_traits>

#include <livery/ports/document.h>

namespace livery::pdf {

template <class T, class Plain>
concept Is = std::same_as<std::remove_const_t<T>, Plain>;

// Every member of every part of a Document, once, in the order of the wire. What reads, writes or
// checks documents is an `Archive` whose call operator takes members. A new member is added here.
template <class Archive, Is<Document::Brand> T>
void VisitFields(Archive& archive, T& brand) {
    archive(brand.name, brand.logo_svg, brand.colour, brand.address);
}

template <class Archive, Is<Document::Fact> T>
void VisitFields(Archive& archive, T& fact) {
    archive(fact.label, fact.value);
}

template <class Archive, Is<Document::Block> T>
void VisitFields(Archive& archive, T& block) {
    archive(block.label, block.lines, block.facts);
}

template <class Archive, Is<Document::Column> T>
void VisitFields(Archive& archive, T& column) {
    archive(column.heading, column.align, column.width);
}

template <class Archive, Is<Document::Row> T>
void VisitFields(Archive& archive, T& row) {
    archive(row.cells, row.notes, row.kind);
}

template <class Archive, Is<Document::Table> T>
void VisitFields(Archive& archive, T& table) {
    archive(table.heading, table.columns, table.rows);
}

template <class Archive, Is<Document::Total> T>
void VisitFields(Archive& archive, T& total) {
    archive(total.label, total.value, total.kind);
}

template <class Archive, Is<Document::Paragraph> T>
void VisitFields(Archive& archive, T& paragraph) {
    archive(paragraph.heading, paragraph.text);
}

template <class Archive, Is<Document::Attachment> T>
void VisitFields(Archive& archive, T& attachment) {
    archive(attachment.name, attachment.mime_type, attachment.description, attachment.relationship);
    archive.Binary(attachment.bytes);
}

template <class Archive, Is<Document> T>
void VisitFields(Archive& archive, T& document) {
    archive(document.language, document.direction, document.brand, document.title, document.blocks);
    archive(document.opening, document.tables, document.totals, document.notes, document.footer);
    archive(document.page_number, document.author, document.subject, document.created);
    archive(document.attachments, document.archival, document.xmp_extension);
}

}  // namespace livery::pdf
